import type { OperationOutput } from '../../contract/operation.ts';
import type { api } from '../../contract/operations/index.ts';
import { escapeControls } from '../../domain/escape.ts';
import { counted } from '../output/counted.ts';
import type { View } from '../output/view.ts';

export type Verification = OperationOutput<(typeof api)['changes']['verify']>;

/** Whether the audit trail is whole, and every place where it is not. */
export function renderVerification({ intact, changeSets, head, findings }: Verification, { palette }: View): string {
  const count = counted(changeSets, 'change');
  if (intact) return `${palette.good('✓')} ${count}, the chain is whole, and the state is what it says\n  head ${head}`;
  const lines = findings.map(
    ({ change, message }) => `  ${change === null ? 'the state' : escapeControls(change)}: ${escapeControls(message)}`,
  );
  return [
    `${palette.bad('✗')} The trail does not hold: ${counted(findings.length, 'finding')} in ${count}`,
    ...lines,
  ].join('\n');
}
