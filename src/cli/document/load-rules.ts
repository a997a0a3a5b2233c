import { dirname, isAbsolute, join } from 'node:path';
import { rulesReference, rulesReferenceSteps } from '../../client/index.ts';
import { pointerOf } from '../../domain/document/pointer.ts';
import { isPlainRuleLine, ruleLine } from '../../domain/document/rule-lines.ts';
import { RuleSpec, type RulesReference } from '../../domain/document/schema.ts';
import { Failure, type Place, type Problem } from '../../domain/failure.ts';
import type { RuleTableText } from '../../redirects/formats/csv-table.ts';
import { readTableSteps } from '../../redirects/formats/read-table.ts';
import { MOST_BYTES } from '../../redirects/gathered-rules.ts';
import type { RuleOrigin } from '../../redirects/rule.ts';
import type { RuleList } from '../../redirects/rule-list.ts';
import { STEP, type Steps } from '../../redirects/steps.ts';
import type { Surroundings } from '../surroundings.ts';
import { inTurns } from '../turns.ts';
import { type ReadOptions, readBytes } from './read-text.ts';
import { textPieces } from './text-pieces.ts';

/** The rules of one ruleset, and where each was written. */
export interface LoadedRules {
  readonly rules: RuleList;
  /** Of the rule with this index. */
  readonly origins: (index: number) => RuleOrigin | undefined;
  /** How the platform names them, where that has been worked out. */
  readonly reference?: RulesReference;
}

export interface RulesOfFile extends LoadedRules {
  readonly problems: readonly Problem[];
}

const MB = 1024 * 1024;
/** In whole megabytes, what one table of rules holds. */
const LARGEST_RULES_FILE = Math.floor(MOST_BYTES / MB) * MB;
const RULES_FILE: ReadOptions = { what: 'rules file', limit: LARGEST_RULES_FILE };

/** A rules file is named from the folder that its document is in; from standard input, from the working folder. */
export function besideDocument(document: string, file: string): string {
  return isAbsolute(file) || document === '-' ? file : join(dirname(document), file);
}

/** Reads a CSV file of rules. Every bad line is a problem with its line; so is a file that cannot be read at all. */
export async function loadRulesFile(surroundings: Surroundings, file: string, namedAt: Place): Promise<RulesOfFile> {
  let read: RuleTableText;
  try {
    const { file: shown, bytes } = await readBytes(surroundings, file, RULES_FILE);
    read = await inTurns(readTableSteps(textPieces(bytes, shown, RULES_FILE), { format: 'csv', file }));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, message, remedy } = error;
    const problem: Problem = { code, severity: 'error', message, place: namedAt, ...(remedy ? { remedy } : {}) };
    return { rules: [], origins: () => undefined, problems: [problem] };
  }
  const { rules, lines, problems } = read;
  const origins = (index: number): RuleOrigin | undefined => {
    const line = lines[index];
    return line === undefined ? undefined : { file, line };
  };
  const bad = problems.map(
    ({ code, line, text: written, reason }): Problem => ({
      code,
      severity: 'error',
      message: written === '' ? reason : `${reason}: ${shortened(written)}`,
      place: { file, line },
    }),
  );
  const odd: number[] = [];
  const reference = await inTurns(rulesReferenceSteps(linesOf(rules, (index) => odd.push(index))));
  const misshapen = await inTurns(misshapenSteps(rules, odd, origins));
  return { rules, origins, reference, problems: [...bad, ...misshapen].toSorted(byLine) };
}

function byLine(a: Problem, b: Problem): number {
  return (a.place?.line ?? 0) - (b.place?.line ?? 0);
}

const SHOWN = 120;

function shortened(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/**
 * The platform takes rules of a certain shape; a file's rules are held against it here, where lines are known.
 *
 * @param odd the rules to look at, by index
 */
function* misshapenSteps(
  rules: RuleList,
  odd: readonly number[],
  origins: LoadedRules['origins'],
): Steps<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const [count, index] of odd.entries()) {
    if (count % STEP === STEP - 1) yield;
    const { error } = RuleSpec.safeParse(rules.at(index));
    for (const { path, message } of error?.issues ?? []) {
      problems.push({
        code: 'invalid-rule',
        severity: 'error',
        message: `${path.join('.')}: ${message}`,
        place: { ...origins(index) },
      });
    }
  }
  return problems;
}

/** How rules are named on the platform: the digest of their canonical lines, and how many they are. */
export function referenceOf(rules: RuleList): RulesReference {
  return rulesReference(linesOf(rules));
}

/** @param onOdd told of each rule whose line alone does not show that it has the shape of one */
function* linesOf(rules: RuleList, onOdd?: (index: number) => void): Generator<string> {
  let index = 0;
  for (const rule of rules) {
    // A rule that passed its shape is a RuleSpec; only the readonly of its query differs.
    const line = ruleLine(rule as RuleSpec);
    if (onOdd !== undefined && !isPlainRuleLine(line)) onOdd(index);
    index += 1;
    yield line;
  }
}

/** Where the rules of a list in the document stand. */
export function inlineOrigins(ruleset: string, placeOf: (pointer: string) => Place): LoadedRules['origins'] {
  return (index) => {
    const { file, line } = placeOf(pointerOf(['rulesets', ruleset, 'rules', index]));
    return { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) };
  };
}
