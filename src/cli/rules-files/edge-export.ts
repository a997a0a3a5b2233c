import { join } from 'node:path';
import { EXIT, Failure } from '../../domain/failure.ts';
import { formatInstant } from '../../domain/time/format-time.ts';
import type { CompiledRuleset } from '../../redirects/compile.ts';
import type { Edge, EdgeExport, ExportedFile, Limit } from '../../redirects/edges/edge.ts';
import { exceeded } from '../../redirects/edges/edge.ts';
import { exportRules } from '../../redirects/edges/export.ts';
import type { FullFormat } from '../../redirects/formats/write.ts';
import { writeFiles } from '../document/write-file.ts';
import { counted } from '../output/counted.ts';
import type { Surroundings } from '../surroundings.ts';

/** Everything that rules can be written as. */
export type OutputFormat = FullFormat | Edge;

/** A loss with the rule it is of. */
export interface LossView {
  /** From 1; null is the fallback. */
  readonly rule: number | null;
  readonly from: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly feature: string;
  readonly lost: string;
}

export interface ExportResult {
  readonly format: OutputFormat;
  readonly rules: number;
  readonly files: readonly { readonly name: string; readonly path: string | null; readonly text?: string }[];
  readonly losses: readonly LossView[];
  readonly limits: readonly Limit[];
  readonly notes: readonly string[];
  /** RFC 3339; the next instant at which a window begins or ends. */
  readonly validUntil: string | null;
}

export interface ExportOrder {
  readonly ruleset: CompiledRuleset;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly format: Edge;
  readonly allowLosses: boolean;
  /** A folder; undefined or `-`: standard output. */
  readonly out: string | undefined;
  readonly force: boolean;
}

/**
 * Writes rules for an edge. A text for standard output is in the result's files.
 *
 * @throws Failure `rules-lost` or `limit-exceeded` (7), `many-files`, `file-exists` (2); nothing is written then
 */
export async function exportTo(surroundings: Surroundings, order: ExportOrder): Promise<ExportResult> {
  const { ruleset, format } = order;
  const made = surroundings.interruption.busy(() => exportRules(format, order));
  const losses = made.losses.map((loss) => lossView(ruleset, loss));
  const over = exceeded(made.limits);
  if (over.length > 0) throw limitExceeded(format, over, made);
  if (losses.length > 0 && !order.allowLosses) throw rulesLost(format, losses);
  const folder = order.out === undefined || order.out === '-' ? null : order.out;
  if (folder === null && made.files.length > 1) throw manyFiles(format, made.files);
  if (folder !== null) {
    const files = made.files.map(({ name, text }) => ({ file: join(folder, name), text }));
    await writeFiles(surroundings, files, { replace: order.force });
  }
  return {
    format,
    rules: ruleset.rules.length,
    files: made.files.map(({ name, text }) =>
      folder === null ? { name, path: null, text } : { name, path: join(folder, name) },
    ),
    losses,
    limits: made.limits,
    notes: made.notes,
    validUntil: made.validUntil === null ? null : formatInstant(made.validUntil),
  };
}

export function lossView(
  ruleset: CompiledRuleset,
  { rule, feature, lost }: { readonly rule: number; readonly feature: string; readonly lost: string },
): LossView {
  const origin = rule < 0 ? undefined : ruleset.originOf(rule);
  return {
    rule: rule < 0 ? null : rule + 1,
    from: ruleset.rules.at(rule)?.from ?? '(fallback)',
    file: origin?.file ?? null,
    line: origin?.line ?? null,
    feature,
    lost,
  };
}

/** As many as a person reads; all of them are in the JSON value. */
const SHOWN = 20;

export function lossLine({ from, file, line, feature, lost }: LossView): string {
  const place = [file, line].filter((part) => part !== null).join(':');
  return `${place === '' ? '' : `${place}: `}${feature}: ${from}: ${lost}`;
}

function rulesLost(format: string, losses: readonly LossView[]): Failure {
  const rules = new Set(losses.map(({ rule }) => rule)).size;
  const more = losses.length > SHOWN ? `\n  and ${losses.length - SHOWN} more` : '';
  const lines = losses.slice(0, SHOWN).map((loss) => `\n  ${lossLine(loss)}`);
  return new Failure({
    code: 'rules-lost',
    exit: EXIT.blocked,
    message: `${counted(rules, 'rule')} would not keep ${rules === 1 ? 'its' : 'their'} meaning on ${format}. Nothing was written.${lines.join('')}${more}`,
    remedy: 'Write them otherwise, or accept what is lost: --allow-losses',
    details: { losses },
  });
}

function limitExceeded(format: string, over: readonly Limit[], { losses }: EdgeExport): Failure {
  const lines = over.map(({ name, allowed, used }) => `\n  ${name}: ${used}, and ${allowed} are allowed`);
  return new Failure({
    code: 'limit-exceeded',
    exit: EXIT.blocked,
    message: `${format} does not take so much. Nothing was written.${lines.join('')}`,
    remedy: 'Make fewer rules of them with `storectl redirects minimize`, or choose another edge.',
    details: { limits: over, losses: losses.length },
  });
}

function manyFiles(format: string, files: readonly ExportedFile[]): Failure {
  return new Failure({
    code: 'many-files',
    exit: EXIT.usage,
    message: `${format} takes ${files.length} files (${files.map(({ name }) => name).join(', ')}), more than standard output can hold.`,
    remedy: 'Name a folder for them: --out DIR',
  });
}
