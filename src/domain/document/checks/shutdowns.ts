import { formatInstant, formatLocal } from '../../time/format-time.ts';
import { canonicalZone } from '../../time/zone.ts';
import type { DocumentPath } from '../pointer.ts';
import { instantIn } from '../resources.ts';
import type { ShutdownSpec } from '../schema.ts';
import { visitorUrl } from '../visitor-url.ts';
import type { Checking } from './checking.ts';
import { checkDistinct, referenced } from './references.ts';

/** A shutdown closes legacy sites into a unified one, each site in one shutdown, with its dates in order. */
export function checkShutdowns(checking: Checking): void {
  const closedBy = new Map<string, string>();
  for (const [id, shutdown] of checking.specs.shutdowns) {
    const path: DocumentPath = ['shutdowns', id];
    checkDistinct(checking, shutdown.sites, [...path, 'sites']);
    checkTarget(checking, shutdown, path);
    shutdown.sites.forEach((siteId, i) => {
      const place = [...path, 'sites', i];
      const site = referenced(checking, 'sites', siteId, place);
      if (site !== undefined && site.role !== 'legacy') {
        checking.faults.error(
          'wrong-role',
          place,
          `site \`${siteId}\` is ${site.role}, and only legacy sites close`,
          'take it out, or make its role legacy',
        );
      }
      const other = closedBy.get(siteId);
      if (other !== undefined && other !== id) {
        checking.faults.error(
          'dates',
          place,
          `site \`${siteId}\` is closed by shutdown \`${other}\` already`,
          'a site closes once: take it out of one of them',
        );
      }
      closedBy.set(siteId, id);
    });
    checkOrder(checking, id, shutdown, path);
  }
}

function checkTarget(checking: Checking, shutdown: ShutdownSpec, path: DocumentPath): void {
  const into = referenced(checking, 'sites', shutdown.into, [...path, 'into']);
  if (into !== undefined && into.role !== 'unified') {
    checking.faults.error(
      'wrong-role',
      [...path, 'into'],
      `site \`${shutdown.into}\` is ${into.role}; sites close into a unified one`,
      'name a site whose role is unified',
    );
  }
  if (into !== undefined && visitorUrl(into) === null) {
    checking.faults.error(
      'no-visitor-url',
      [...path, 'into'],
      `site \`${shutdown.into}\` has only wildcard hosts, and visitors need one that they can be sent to`,
      'give it a base URL with a host of its own, such as https://www.mi.com/global/',
    );
  }
}

const STEPS = ['announced', 'freeze', 'voucherCutoff', 'dark', 'redirectsUntil'] as const;

/**
 * Freeze ≤ voucher cutoff ≤ dark < redirects-until, per site, at instants: civil texts may compare otherwise. The sites
 * of one market share their instants, so each market is looked at once.
 */
function checkOrder(checking: Checking, id: string, shutdown: ShutdownSpec, path: DocumentPath): void {
  const { documents, specs, faults } = checking;
  const times = documents.shutdowns.get(id)?.times ?? {};
  const known = shutdown.sites.filter((site) => specs.sites.has(site));
  const byMarket = Map.groupBy(known, (site) => specs.sites.get(site)?.market ?? '');
  for (const [market, sites] of byMarket) {
    const zone = canonicalZone(specs.markets.get(market)?.timeZone ?? '') ?? 'UTC';
    const steps = STEPS.flatMap((field) => {
      const at = instantIn(times, field, market);
      return at === undefined ? [] : [{ field, at }];
    });
    steps.slice(1).forEach((step, i) => {
      const earlier = steps[i];
      if (earlier === undefined) return;
      const strictly = step.field === 'redirectsUntil';
      if (strictly ? earlier.at < step.at : earlier.at <= step.at) return;
      faults.error(
        'dates',
        [...path, step.field],
        `${step.field} (${formatLocal(step.at, zone)}) is ${strictly ? 'not after' : 'before'} ${earlier.field} (${formatLocal(earlier.at, zone)}) for ${named(sites)}`,
        `the order is ${STEPS.join(', ')}`,
      );
    });
    const freeze = instantIn(times, 'freeze', market);
    for (const site of sites) checkOpening(checking, site, market, freeze, [...path, 'freeze']);
    checkTargetOpen(checking, shutdown.into, instantIn(times, 'dark', market), [...path, 'into']);
  }
}

/** A site is open before it is closed. */
function checkOpening(
  { documents, faults }: Checking,
  site: string,
  market: string,
  freeze: number | undefined,
  path: DocumentPath,
): void {
  const opensAt = instantIn(documents.sites.get(site)?.times ?? {}, 'opensAt', market);
  if (opensAt === undefined || freeze === undefined || opensAt <= freeze) return;
  const [from, until] = [formatInstant(opensAt), formatInstant(freeze)];
  faults.error(
    'dates',
    path,
    `site \`${site}\` opens at ${from}, after its freeze at ${until}`,
    'freeze it later, or let it open earlier',
  );
}

/** Visitors who are sent to a site that is not open yet find nothing there. */
function checkTargetOpen(
  { documents, faults }: Checking,
  into: string,
  dark: number | undefined,
  path: DocumentPath,
): void {
  const target = documents.sites.get(into);
  const opensAt = instantIn(target?.times ?? {}, 'opensAt', target?.spec.market ?? '');
  if (opensAt === undefined || dark === undefined || opensAt <= dark) return;
  const [opens, goesDark] = [formatInstant(opensAt), formatInstant(dark)];
  faults.warning(
    'dates',
    path,
    `site \`${into}\` opens at ${opens}, after visitors are sent there from ${goesDark}`,
    'let it open earlier, or go dark later',
  );
}

function named(sites: readonly string[]): string {
  const more = sites.length > 1 ? ` and ${sites.length - 1} more of its market` : '';
  return `site \`${sites[0] ?? ''}\`${more}`;
}
