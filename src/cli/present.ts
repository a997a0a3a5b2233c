import { escapeControls } from '../domain/escape.ts';
import type { Exit } from '../domain/failure.ts';
import type { Answer, ListAnswer, Warning } from './answer.ts';
import { csvLines, tabLines } from './output/delimited.ts';
import { hangLines } from './output/hang.ts';
import { jsonText } from './output/json.ts';
import { selectRows } from './output/select-rows.ts';
import { type View, viewOf } from './output/view.ts';
import { write } from './output/write.ts';
import { withoutPasswords } from './secrets.ts';
import type { Surroundings } from './surroundings.ts';

export interface Manner {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly warnings: readonly Warning[];
}

/** Runs whose standard output has lines of one kind already. */
const STREAMS = new WeakSet<Surroundings>();

/** Whether whoever reads standard output takes each line for one of the same kind: no failure may stand among them. */
export function isStreaming(surroundings: Surroundings): boolean {
  return STREAMS.has(surroundings);
}

/** Writes what a command has to say, and returns the exit it ends with. */
export async function present(answer: Answer, manner: Manner, surroundings: Surroundings): Promise<Exit> {
  const { stdout } = surroundings;
  switch (answer.kind) {
    case 'value':
      if (manner.json) {
        await writeJson(answer.data, manner, surroundings, answer.asIs);
      } else {
        const text = await answer.text(await viewOf('stdout', surroundings));
        if (text !== '') await write(stdout, `${answer.asIs ? text : withoutPasswords(text)}\n`);
      }
      return answer.exit;
    case 'list':
      await presentList(answer, manner, surroundings);
      return answer.exit;
    case 'stream':
      for await (const chunk of answer.chunks) {
        STREAMS.add(surroundings);
        await write(stdout, chunk);
      }
      return answer.exit;
  }
}

async function presentList(list: ListAnswer, manner: Manner, surroundings: Surroundings): Promise<void> {
  const { columns, rows, matched } = selectRows(list.rows, list.columns, list.options);
  const format = manner.json ? 'json' : list.options.output;
  // Columns chosen by name narrow machine-readable rows too; without a choice, rows are what the platform says.
  const data = () =>
    list.options.columns === undefined
      ? rows
      : rows.map((row) => Object.fromEntries(columns.map((column) => [column.key, column.value(row) ?? null])));
  switch (format) {
    case 'json':
      return writeJson(data(), manner, surroundings);
    case 'ndjson':
      return writeLines(data().map(jsonText), surroundings);
    case 'csv':
      return writeLines(csvLines(rows, columns), surroundings);
    case 'yaml': {
      const { stringify } = await import('./document/yaml.ts');
      return write(surroundings.stdout, stringify(JSON.parse(jsonText(data()))));
    }
    case 'table': {
      if (rows.length === 0 && !manner.quiet) await write(surroundings.stderr, `${list.empty}\n`);
      const view = await viewOf('stdout', surroundings);
      if (view.width === null) return writeLines(tabLines(rows, columns), surroundings);
      if (rows.length === 0) return;
      const { renderTable } = await import('./output/table.ts');
      await write(surroundings.stdout, `${renderTable(rows, columns, view)}\n`);
      if (matched > rows.length && !manner.quiet) {
        await write(surroundings.stderr, `${rows.length} of ${matched} shown (--limit).\n`);
      }
    }
  }
}

async function writeJson(data: unknown, manner: Manner, surroundings: Surroundings, asIs = false): Promise<void> {
  const text = jsonText({ data: data ?? null, warnings: manner.warnings });
  await write(surroundings.stdout, `${asIs ? text : withoutPasswords(text)}\n`);
}

/** One write for many lines: a system call a line is slow, and one string of everything is not needed. */
async function writeLines(lines: readonly string[], { stdout }: Surroundings): Promise<void> {
  const AT_ONCE = 1000;
  for (let start = 0; start < lines.length; start += AT_ONCE) {
    await write(stdout, `${lines.slice(start, start + AT_ONCE).join('\n')}\n`);
  }
}

/** A warning for people. */
export function warningText(warning: Warning, view: View): string {
  const shown = (text: string): string => escapeControls(withoutPasswords(text), { keepNewlines: true });
  const lines = hangLines(`${view.palette.caution('Warning:')} `, shown(warning.message), view.width, 0);
  const remedy = warning.remedy === undefined ? [] : hangLines('  ', shown(warning.remedy), view.width);
  return [...lines, ...remedy].join('\n');
}
