import type { OperationOutput } from '../../contract/operation.ts';
import type { api } from '../../contract/operations/index.ts';
import { escapeControls } from '../../domain/escape.ts';
import { counted } from '../output/counted.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';

export type Verification = OperationOutput<(typeof api)['changes']['verify']>;

/** Whether the audit trail is whole, and every place where it is not. */
export function renderVerification(
  { intact, changeSets, head, findings }: Verification,
  { palette, width }: View,
): string {
  const count = counted(changeSets, 'change');
  if (intact) {
    const whole = `${count}, the chain is whole, and the state is what it says`;
    return [...hang(`${palette.good('✓')} `, whole, width), `  head ${head}`].join('\n');
  }
  const lines = findings.flatMap(({ change, message }) =>
    hang('  ', `${change === null ? 'the state' : escapeControls(change)}: ${escapeControls(message)}`, width, 4),
  );
  const verdict = `The trail does not hold: ${counted(findings.length, 'finding')} in ${count}`;
  return [...hang(`${palette.bad('✗')} `, verdict, width), ...lines].join('\n');
}
