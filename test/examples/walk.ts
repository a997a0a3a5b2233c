import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Installation } from '../cli/support/platform.ts';

/** The root of the clone, where the examples are walked. */
export const CLONE = resolve(import.meta.dirname, '../..');

/** One command of a README, as it is written there. */
export interface Step {
  readonly line: string;
  readonly words: readonly string[];
  readonly exit: number;
  /** What the README shows of its output, with anything between. */
  readonly shown: readonly string[];
}

/**
 * The commands of a README in their order: lines after four blanks, and lines after `$` in a fence with what is shown
 * of their output below. A comment `# exit N` at the end says how it ends, where that is not 0; `…` stands for
 * whatever is left out.
 */
export function stepsOf(file: string): readonly Step[] {
  const steps: { line: string; output: string[] }[] = [];
  let fenced = false;
  for (const text of readFileSync(resolve(CLONE, file), 'utf8').split('\n')) {
    if (text.startsWith('```')) fenced = !fenced;
    else if ((fenced ? /^\$ storectl / : /^ {4}storectl /).test(text))
      steps.push({ line: text.slice(fenced ? 2 : 4), output: [] });
    else if (fenced) steps.at(-1)?.output.push(text);
  }
  return steps.map(({ line, output }) => ({
    line,
    words: wordsOf(line.replace(/\s+#.*$/, '')),
    exit: Number(/# exit (\d+)/.exec(line)?.[1] ?? 0),
    shown: output
      .join('\n')
      .split('…')
      .map((stretch) => stretch.replace(/^\n+|\n+$/g, ''))
      .filter((stretch) => stretch !== ''),
  }));
}

/** As a shell takes a line apart, without the name of the program. */
function wordsOf(line: string): readonly string[] {
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)];
  return words.map(([, double, single, bare]) => double ?? single ?? bare ?? '').slice(1);
}

/** What a step did otherwise than its README says; null where it did just that. */
export async function walk(program: Installation, { line, words, exit, shown }: Step): Promise<unknown> {
  const ended = await program.run(words, { columns: 100 });
  const said = [ended.stdout, ended.stderr].map((text) => text.replace(/ +$/gm, ''));
  const missing = said.map((text) => notIn(text, shown)).toSorted((a, b) => a.length - b.length)[0] ?? [];
  if (ended.exit === exit && missing.length === 0) return null;
  return { line, exit: ended.exit, expected: exit, missing, said: said.join('\n') };
}

/** The stretches from the first on that does not come after those before it. */
function notIn(text: string, shown: readonly string[]): readonly string[] {
  let from = 0;
  for (const [index, stretch] of shown.entries()) {
    const found = text.indexOf(stretch, from);
    if (found < 0) return shown.slice(index);
    from = found + stretch.length;
  }
  return [];
}
