import { RULESET_DEFAULTS } from '../../domain/document/ruleset-defaults.ts';
import type { EntrySection } from '../../domain/document/sections.ts';
import { escapeControls } from '../../domain/escape.ts';
import { counted } from '../output/counted.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import { fallbackText } from './columns.ts';
import type { Entry, TimeView } from './entry.ts';
import { localOf, renderTime } from './render-time.ts';

/** One key of an entry, as it is shown. */
type Line = TextLine | { readonly key: string; readonly time: TimeView };

interface TextLine {
  readonly key: string;
  readonly value: string;
  readonly note?: string;
}

/**
 * Everything there is to know of one entry, under the keys that a document has for it. On a terminal it fits the width;
 * in a pipe each line is tab separated: the key and its value, and for a time one more line per market.
 */
export function renderEntry(entry: Entry, view: View): string {
  const lines = linesOf(entry);
  if (view.width === null) return lines.flatMap(plainLines).join('\n');
  const narrow = view.width < NARROW;
  const indent = narrow ? 2 : Math.max(...lines.map(({ key }) => key.length)) + 2;
  const inner = { ...view, width: view.width - indent };
  const margin = ' '.repeat(indent);
  return lines
    .flatMap((line) => {
      const values = 'time' in line ? renderTime(line.time, inner) : textLines(line, inner);
      const [first = '', ...rest] = values;
      const head = view.palette.strong(narrow ? line.key : line.key.padEnd(indent));
      return narrow
        ? [head, ...values.map((value) => margin + value)]
        : [head + first, ...rest.map((value) => margin + value)];
    })
    .join('\n');
}

/** Narrower than this, values stand under their keys. */
const NARROW = 60;

function textLines({ value, note }: TextLine, { width, palette }: View): readonly string[] {
  const lines = hang('', escapeControls(value), width);
  if (note === undefined) return lines;
  const last = lines.at(-1) ?? '';
  const fits = width === null || last.length + note.length + 3 <= width;
  if (fits) return [...lines.slice(0, -1), `${last} ${palette.faint(`(${note})`)}`];
  return [...lines, ...hang('', `(${note})`, width).map((text) => palette.faint(text))];
}

function plainLines(line: Line): readonly string[] {
  const cells =
    'time' in line
      ? [
          [line.key, Object.values(line.time)[0]?.text ?? ''],
          ...Object.entries(line.time).map(([market, { utc, zoned }]) => [line.key, utc, market, zoned ?? '']),
        ]
      : [[line.key, line.value, ...(line.note === undefined ? [] : [line.note])]];
  return cells.map((row) => row.map((cell) => escapeControls(cell)).join('\t'));
}

function linesOf(entry: Entry): readonly Line[] {
  // What was written comes first, then what holds because nothing was.
  const spec: Readonly<Record<string, unknown>> = { ...entry.spec, ...DEFAULTS[entry.kind], ...entry.spec };
  return [
    { key: 'id', value: entry.id },
    { key: 'version', value: String(entry.version) },
    ...Object.entries(spec).map(([key, value]): Line => {
      const time = entry.times[key];
      if (time !== undefined) return { key, time };
      return { key, value: valueText(key, value), ...(key in entry.spec ? {} : { note: 'default' }) };
    }),
    ...(entry.revisions ?? []).map(({ revision, from, spec: { rules } }) => ({
      key: `revision ${revision}`,
      value: counted(rules.count, 'rule'),
      note: from === null ? 'in force from the beginning' : `in force from ${from.utc} = ${localOf(from.zoned ?? '')}`,
    })),
  ];
}

/** What holds where nothing was written. */
const DEFAULTS: { readonly [S in EntrySection]?: Readonly<Record<string, unknown>> } = {
  rulesets: { ...RULESET_DEFAULTS, fallback: undefined },
};

function valueText(key: string, value: unknown): string {
  if (key === 'fallback') return fallbackText(value as Parameters<typeof fallbackText>[0]);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object' || value === null) return String(value);
  if ('count' in value) return String(value.count);
  if ('significant' in value && Array.isArray(value.significant)) return `significant: ${value.significant.join(', ')}`;
  return JSON.stringify(value);
}
