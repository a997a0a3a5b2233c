import type { Client } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import { escapeControls } from '../../domain/escape.ts';
import type { Column } from '../output/columns.ts';
import { counted, grouped } from '../output/counted.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';

/** Something that is sold where the market's policy does not allow it. */
export interface AuditFinding {
  readonly subject: 'listing' | 'launch-item';
  readonly target: string;
  readonly market: string;
  readonly sku: string;
  /** From the product that is sold down to the component that offends. */
  readonly path: readonly string[];
  readonly category: string | null;
  readonly reason: string;
  readonly message: string;
}

export interface AuditResult {
  readonly catalogs: number;
  readonly listings: number;
  readonly launchItems: number;
  readonly findings: readonly AuditFinding[];
}

export const AUDIT_COLUMNS: readonly Column<AuditFinding>[] = [
  { key: 'market', header: 'MARKET', value: ({ market }) => market, keep: true },
  { key: 'target', header: 'IN', value: ({ target }) => target },
  { key: 'sku', header: 'SKU', value: ({ sku }) => sku, keep: true },
  { key: 'path', header: 'PATH', value: ({ path }) => path.join(' → ') },
  { key: 'category', header: 'CATEGORY', value: ({ category }) => category },
  { key: 'reason', header: 'REASON', value: ({ reason }) => reason },
];

/** Audits a platform; `onProgress` is told how many findings there are so far. */
export async function auditOf(
  client: Client,
  markets: readonly string[] | undefined,
  onProgress: (findings: number) => void,
): Promise<AuditResult> {
  const query = markets === undefined ? {} : { market: markets.join(',') };
  const { value } = await client.call(api.catalogPolicies.audit, { query });
  const findings: AuditFinding[] = [];
  let counts = { catalogs: 0, listings: 0, launchItems: 0 };
  for await (const line of value) {
    if (line.kind === 'audited') {
      const { catalogs, listings, launchItems } = line;
      counts = { catalogs, listings, launchItems };
      continue;
    }
    const { offence, subject, target, market, sku, message } = line.finding;
    findings.push({
      subject,
      target,
      market,
      sku,
      path: offence?.path ?? [sku],
      category: offence?.category ?? null,
      reason: offence?.reason ?? 'no-catalog',
      message,
    });
    if (findings.length % 1_000 === 0) onProgress(findings.length);
  }
  return { ...counts, findings };
}

/** Each finding with the path that offends, then how much was looked at. */
export function renderAudit({ catalogs, listings, launchItems, findings }: AuditResult, view: View): string {
  const { palette, width } = view;
  const lines = [...Map.groupBy(findings, ({ market }) => market)].flatMap(([market, own]) => [
    palette.strong(escapeControls(market)),
    ...own.flatMap((finding) => renderFinding(finding, view)),
    '',
  ]);
  const looked = `${counted(listings, 'listing')} of ${counted(catalogs, 'catalog')} and ${counted(launchItems, 'launch item')}`;
  const verdict =
    findings.length === 0
      ? `${palette.good('✓')} ${looked} are within their markets’ policies`
      : `${palette.bad('✗')} ${grouped(findings.length)} of ${looked} ${findings.length === 1 ? 'is' : 'are'} outside`;
  return [...lines, ...hang('', verdict, width, 2)].join('\n');
}

function renderFinding({ message }: AuditFinding, { palette, width }: View): readonly string[] {
  return hang(`  ${palette.bad('✗')} `, escapeControls(message), width, 4);
}
