import { type Answer, answer } from '../answer.ts';
import { viewOf } from '../output/view.ts';
import type { Surroundings } from '../surroundings.ts';
import { exportTo, type OutputFormat } from './edge-export.ts';
import { renderExport, reportLines } from './render-export.ts';
import type { RulesAtInstant } from './rules-source.ts';

export interface ExportAnswerFlags {
  readonly format: OutputFormat;
  readonly out?: string | undefined;
  readonly force: boolean;
  readonly 'allow-losses': boolean;
}

/** Exports, and says beside a text on standard output what has to be known of it. */
export async function exportAnswer(
  { ruleset, at }: RulesAtInstant,
  flags: ExportAnswerFlags,
  surroundings: Surroundings,
  say: (text: string) => Promise<void>,
): Promise<Answer> {
  const { format, out, force } = flags;
  const result = await exportTo(surroundings, { ruleset, at, format, out, force, allowLosses: flags['allow-losses'] });
  const toStdout = result.files.some(({ text }) => text !== undefined);
  if (toStdout) await say(reportLines(result, await viewOf('stderr', surroundings)).join('\n'));
  return answer(result, (view) => renderExport(result, view));
}
