import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { NO_PALETTE, paletteFor } from '../../../src/cli/output/colours.ts';
import type { Column } from '../../../src/cli/output/columns.ts';
import { renderTable } from '../../../src/cli/output/table.ts';

type Row = readonly string[];

const COLUMNS: readonly Column<Row>[] = [
  { key: 'id', header: 'ID', value: (row) => row[0], keep: true },
  { key: 'title', header: 'TITLE', value: (row) => row[1] },
  { key: 'owner', header: 'OWNER', value: (row) => row[2] },
];

const ROWS: readonly Row[] = [
  ['poco-global-and-its-app', 'POCO sites close into mi.com at the end of the year', 'global-ops@example.com'],
  ['poco-gb', 'United Kingdom', 'gb-ops@example.com'],
];

const render = (width: number | null, rows: readonly Row[] = ROWS) =>
  renderTable(rows, COLUMNS, { width, palette: NO_PALETTE });

describe('renderTable', () => {
  it('is as wide as it needs to be where there is room', () => {
    expect(render(120)).toBe(
      [
        'ID                       TITLE                                                OWNER',
        'poco-global-and-its-app  POCO sites close into mi.com at the end of the year  global-ops@example.com',
        'poco-gb                  United Kingdom                                       gb-ops@example.com',
      ].join('\n'),
    );
  });

  it('wraps the wide columns where it is narrow, and leaves out the last ones where it is narrower still', () => {
    const eighty = render(80).split('\n');
    expect(Math.max(...eighty.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(eighty[0]).toContain('OWNER');

    const forty = render(40);
    expect(forty).toContain('poco-global-and-its-app');
    expect(forty).toContain('Not shown for want of room: owner');
    expect(forty.split('\n')[0]).not.toContain('OWNER');
  });

  it('leaves out what is empty where it is narrow, without a word', () => {
    const rows = ROWS.map(([id = '', title = '']) => [id, title, '']);
    expect(render(120, rows)).toContain('OWNER');
    const eighty = render(78, rows);
    expect(eighty).not.toContain('OWNER');
    expect(eighty).toBe(
      render(
        78,
        ROWS.map(([id = '', title = '']) => [id, title]),
      ),
    );
    expect(eighty.split('\n')).toHaveLength(3);
    expect(render(40, rows)).not.toContain('want of room');
  });

  it('breaks a cell between words, and a longer word after its punctuation', () => {
    const rows = [['poco-gb', 'see https://www.mi.com/global/support/article/2024 for the dates', 'gb']];
    const lines = render(40, rows).split('\n').slice(1);
    expect(lines.map((line) => line.slice(9).replace(/ +(gb)?$/, ''))).toEqual([
      'see https://www.mi.com/',
      'global/support/article/',
      '2024 for the dates',
    ]);
  });

  it('has no colour without a palette, and the same text with one', async () => {
    expect(render(80)).not.toContain('\u001b');
    const coloured = renderTable(ROWS, COLUMNS, { width: 80, palette: await paletteFor(1) });
    expect(coloured).toContain('\u001b');
    expect(stripVTControlCharacters(coloured)).toBe(render(80));
  });

  it('shows every id whole and every line within the width, at any width from 40', () => {
    const id = fc.stringMatching(/^[a-z0-9]{1,12}(-[a-z0-9]{1,12}){0,1}$/);
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(id, text, text), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 40, max: 120 }),
        (rows, width) => {
          const table = render(width, rows);
          const lines = table.split('\n');
          for (const [own] of rows) expect(lines.some((line) => line === own || line.startsWith(`${own} `))).toBe(true);
          for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
          expect(table).not.toContain('\u001b');
        },
      ),
    );
  });
});
