import type { Exit } from '../domain/failure.ts';
import type { Column } from './output/columns.ts';
import type { ListOptions } from './output/list-flags.ts';
import type { View } from './output/view.ts';

/** One thing worth knowing that is no failure; in `warnings` of the JSON value, else a line on standard error. */
export interface Warning {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
}

/**
 * What a command has to say, as data. `run` returns one of these and writes nothing itself; the base class
 * writes it as text or as JSON.
 */
export type Answer = ValueAnswer | ListAnswer | StreamAnswer;

export interface ValueAnswer {
  readonly kind: 'value';
  /** `data` of the JSON value. */
  readonly data: unknown;
  /** The same for people, without a last line end; an empty text prints nothing. */
  readonly text: (view: View) => string | Promise<string>;
  readonly exit: Exit;
  /** What is kept is given out as it is kept, to the letter; in anything else the password of a URL is masked. */
  readonly asIs?: boolean;
}

export interface ListAnswer {
  readonly kind: 'list';
  /** Writes the rows in the format the list flags ask for; typed where it is made, in `listOf`. */
  readonly rows: readonly unknown[];
  readonly columns: readonly Column<unknown>[];
  readonly options: ListOptions;
  /** Said instead of an empty table, on standard error. */
  readonly empty: string;
  readonly exit: Exit;
}

/** Lines made while they are read, in constant memory: NDJSON, or a document. `--json` does not apply to them. */
export interface StreamAnswer {
  readonly kind: 'stream';
  readonly chunks: AsyncIterable<string> | Iterable<string>;
  readonly exit: Exit;
}

export interface ListInput<Row> {
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  /** The parsed list flags. */
  readonly options: ListOptions;
  readonly empty?: string;
  readonly exit?: Exit;
}

/** A single result: `data` for programs, `text` for people. */
export function answer(data: unknown, text: (view: View) => string | Promise<string>, exit: Exit = 0): ValueAnswer {
  return { kind: 'value', data, text, exit };
}

/** A list in whatever format the list flags ask for. Rows are also the JSON `data`, as they are. */
export function listOf<Row>(input: ListInput<Row>): ListAnswer {
  return {
    kind: 'list',
    rows: input.rows,
    // Rows and columns agree by this function's type; from here on they travel together.
    columns: input.columns as readonly Column<unknown>[],
    options: input.options,
    empty: input.empty ?? 'Nothing found.',
    exit: input.exit ?? 0,
  };
}

/** Text written as it comes, for outputs of any size. Each chunk carries its own line end. */
export function streamOf(chunks: AsyncIterable<string> | Iterable<string>, exit: Exit = 0): StreamAnswer {
  return { kind: 'stream', chunks, exit };
}
