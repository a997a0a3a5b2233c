import { describe, expect, it } from 'vitest';
import type { Column } from '../../../src/cli/output/columns.ts';
import type { ListOptions } from '../../../src/cli/output/list-flags.ts';
import { selectRows } from '../../../src/cli/output/select-rows.ts';
import { Failure } from '../../../src/domain/failure.ts';

interface Row {
  readonly id: string;
  readonly state: string | null;
  readonly rules: number;
  readonly locales: readonly string[];
}

const COLUMNS: readonly Column<Row>[] = [
  { key: 'id', header: 'ID', value: (row) => row.id, keep: true },
  { key: 'state', header: 'STATE', value: (row) => row.state },
  { key: 'rules', header: 'RULES', value: (row) => row.rules, align: 'right' },
  { key: 'locales', header: 'LOCALES', value: (row) => row.locales },
];

const ROWS: readonly Row[] = [
  { id: 'poco-gb', state: 'dark', rules: 9, locales: ['en-GB'] },
  { id: 'poco-fr', state: 'active', rules: 10, locales: ['fr-FR', 'en-GB'] },
  { id: 'poco-in', state: null, rules: 0, locales: [] },
];

const ids = (options: Partial<ListOptions>) =>
  selectRows(ROWS, COLUMNS, { output: 'table', ...options }).rows.map(({ id }) => id);

describe('selectRows', () => {
  it.each<[string, Partial<ListOptions>, readonly string[]]>([
    ['everything as it comes', {}, ['poco-gb', 'poco-fr', 'poco-in']],
    ['equal', { filter: ['state=dark'] }, ['poco-gb']],
    ['empty', { filter: ['state='] }, ['poco-in']],
    ['unequal', { filter: ['state!=dark'] }, ['poco-fr', 'poco-in']],
    ['containing, whatever the case', { filter: ['id~-F'] }, ['poco-fr']],
    ['a member of a list', { filter: ['locales=en-GB'] }, ['poco-gb', 'poco-fr']],
    ['all conditions', { filter: ['locales=en-GB', 'state=active'] }, ['poco-fr']],
    ['a value with the operators in it', { filter: ['id!=a=b~c'] }, ['poco-gb', 'poco-fr', 'poco-in']],
    ['sorted', { sort: 'id' }, ['poco-fr', 'poco-gb', 'poco-in']],
    ['numbers by size, turned round', { sort: '-rules' }, ['poco-fr', 'poco-gb', 'poco-in']],
    ['by several', { sort: 'state,-id' }, ['poco-in', 'poco-fr', 'poco-gb']],
    ['limited after sorting', { sort: '-id', limit: 1 }, ['poco-in']],
  ])('gives rows %s', (_, options, expected) => {
    expect(ids(options)).toEqual(expected);
  });

  it('counts what the limit cut', () => {
    expect(selectRows(ROWS, COLUMNS, { output: 'table', limit: 1 }).matched).toBe(3);
  });

  it('gives the columns in the order they are named', () => {
    const { columns } = selectRows(ROWS, COLUMNS, { output: 'table', columns: 'rules, id' });
    expect(columns.map(({ key }) => key)).toEqual(['rules', 'id']);
  });

  it.each<[Partial<ListOptions>, string, string]>([
    [{ columns: 'id,stat' }, 'unknown-column', '--columns names the unknown column "stat". Did you mean "state"?'],
    [{ filter: ['sate=dark'] }, 'unknown-column', '--filter names the unknown column "sate". Did you mean "state"?'],
    [{ columns: '' }, 'unknown-column', '--columns names no column.'],
    [{ columns: ' , ' }, 'unknown-column', '--columns names no column.'],
    [{ sort: '' }, 'unknown-column', '--sort names no column.'],
    [{ sort: '-' }, 'unknown-column', '--sort names no column.'],
    [{ filter: [' =a'] }, 'unknown-column', '--filter names no column.'],
    [{ filter: [''] }, 'invalid-filter', '--filter "" has no condition.'],
    [{ sort: '-colour' }, 'unknown-column', '--sort names the unknown column "colour".'],
    [{ filter: ['dark'] }, 'invalid-filter', '--filter "dark" has no condition.'],
    [{ filter: ['=dark'] }, 'invalid-filter', '--filter "=dark" has no condition.'],
  ])('refuses %j', (options, code, message) => {
    const failure = (() => {
      try {
        ids(options);
      } catch (error) {
        return error;
      }
      return null;
    })();
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ code, message, exit: 2 });
  });
});
