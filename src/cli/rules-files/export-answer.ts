import { isFullFormat } from '../../redirects/formats/write.ts';
import { type Answer, answer, streamOf } from '../answer.ts';
import { viewOf } from '../output/view.ts';
import type { Surroundings } from '../surroundings.ts';
import { type ExportResult, exportTo, type OutputFormat } from './edge-export.ts';
import { type PlainOrder, plainFile, plainResult, plainText, plainWhole } from './plain-export.ts';
import { renderExport, reportLines } from './render-export.ts';
import type { RulesSource } from './rules-source.ts';

export interface ExportAnswerFlags {
  readonly format: OutputFormat;
  readonly out?: string | undefined;
  readonly force: boolean;
  readonly 'allow-losses': boolean;
}

export interface ExportScene {
  readonly surroundings: Surroundings;
  /** Whether one JSON value is asked for. */
  readonly json: boolean;
  say(text: string): Promise<void>;
}

/** Exports, and says beside a text on standard output what has to be known of it. */
export async function exportAnswer(source: RulesSource, flags: ExportAnswerFlags, scene: ExportScene): Promise<Answer> {
  const { format, out, force } = flags;
  if (isFullFormat(format)) return plainAnswer({ source, format }, flags, scene);
  const { surroundings } = scene;
  const order = { ruleset: await source.compile(), at: source.at, format, out, force };
  const result = await exportTo(surroundings, { ...order, allowLosses: flags['allow-losses'] });
  if (result.files.some(({ text }) => text !== undefined)) await sayBeside(result, scene);
  return answer(result, (view) => renderExport(result, view));
}

async function plainAnswer(order: PlainOrder, { out, force }: ExportAnswerFlags, scene: ExportScene): Promise<Answer> {
  const { surroundings, json } = scene;
  if (out !== undefined && out !== '-') {
    const result = await plainFile(surroundings, order, { folder: out, force });
    return answer(result, (view) => renderExport(result, view));
  }
  if (json) return answer(await plainWhole(order), () => '');
  await sayBeside(plainResult(order), scene);
  return streamOf(plainText(order, await viewOf('stdout', surroundings)));
}

async function sayBeside(result: ExportResult, { surroundings, say }: ExportScene): Promise<void> {
  await say(reportLines(result, await viewOf('stderr', surroundings)).join('\n'));
}
