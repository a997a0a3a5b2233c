import stringWidth from 'string-width';
import type { ItemState, ItemStatus } from '../../domain/checklists/item-state.ts';
import type { LaunchChecklist, LaunchMarket } from '../../domain/checklists/launch-checklist.ts';
import { escapeControls } from '../../domain/escape.ts';
import { renderClocks } from '../entries/render-time.ts';
import type { Palette } from '../output/colours.ts';
import { counted } from '../output/counted.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import { instantValue } from '../plans/plan-value.ts';

/** How a state is shown; the word beside the mark says the same without colour. */
const MARKS: Readonly<Record<ItemState, { readonly mark: string; readonly colour: keyof Palette }>> = {
  passed: { mark: '✓', colour: 'good' },
  signed: { mark: '✓', colour: 'good' },
  waived: { mark: '~', colour: 'caution' },
  open: { mark: '○', colour: 'bad' },
  expired: { mark: '✗', colour: 'bad' },
  failed: { mark: '✗', colour: 'bad' },
};

/** Narrower than this, what an item is stands under its id. */
const NARROW = 60;
const WIDEST_ID = 20;
/** Reasons that are shown of what the platform proved, and of anything else; the JSON value has all of them. */
const REASONS = { passed: 1, other: 8 } as const;

/** A launch's checklist for people: what the platform proves, what people sign, and what is in the way. */
export function renderChecklist(checklist: LaunchChecklist, view: View): string {
  return [...headLines(checklist, view), '', ...itemLines(checklist, view), '', closingText(checklist, view)].join(
    '\n',
  );
}

/** Which launch it is, and when it starts on each market's clock. */
export function headLines({ launch, version, checklist, markets }: LaunchChecklist, view: View): readonly string[] {
  const { palette, width } = view;
  const { id, shipped } = checklist;
  const name = `${palette.strong(escapeControls(launch))}, version ${version}, checklist ${escapeControls(id)}${shipped ? ' (shipped)' : ''}`;
  const starts = markets.flatMap(({ market, zone, startsAt }) =>
    startsAt === null ? [] : [[market, { text: '', zone, tzdb: '', ...instantValue(startsAt, zone) }] as const],
  );
  const inner = { ...view, width: width === null ? null : width - 2 };
  return [
    ...hang('', name, width, 2),
    ...hang('', statesText(markets), width, 2),
    ...renderClocks(Object.fromEntries(starts), inner).map((line) => `  ${line}`),
  ];
}

/** `starts`, or what it is where it no longer only waits: in each market that differs. */
function statesText(markets: readonly LaunchMarket[]): string {
  const byState = Map.groupBy(markets, ({ state }) => state);
  if (byState.size === 1) return `${[...byState.keys()][0]}; starts`;
  const states = [...byState].map(([state, own]) => `${state} in ${own.map(({ market }) => market).join(', ')}`);
  return `${escapeControls(states.join('; '))}; starts`;
}

/** Every item, those that the platform proves first. */
function itemLines({ items }: LaunchChecklist, view: View): readonly string[] {
  const automatic = items.filter(({ kind }) => kind === 'automatic');
  const manual = items.filter(({ kind }) => kind === 'manual');
  const idWidth = widestId(items);
  return [
    ...groupLines('The platform proves', automatic, idWidth, view),
    ...(automatic.length > 0 && manual.length > 0 ? [''] : []),
    ...groupLines('People sign', manual, idWidth, view),
  ];
}

/** What the platform proves, by itself. */
export function provenLines({ items }: LaunchChecklist, view: View): readonly string[] {
  const automatic = items.filter(({ kind }) => kind === 'automatic');
  return groupLines('The platform proves', automatic, widestId(automatic), view);
}

function widestId(items: readonly ItemStatus[]): number {
  return Math.min(WIDEST_ID, Math.max(0, ...items.map(({ item }) => stringWidth(item))));
}

function groupLines(title: string, items: readonly ItemStatus[], idWidth: number, view: View): readonly string[] {
  if (items.length === 0) return [];
  return [view.palette.strong(title), ...items.flatMap((status) => statusLines(status, idWidth, view))];
}

function statusLines(status: ItemStatus, idWidth: number, view: View): readonly string[] {
  const { palette, width } = view;
  const { item, state, required, title } = status;
  const { mark, colour } = MARKS[state];
  const head = `  ${palette[colour](`${mark} ${state.padEnd(LONGEST_STATE)}`)} `;
  const named = `${escapeControls(title)}${required ? '' : ' (optional)'}`;
  const narrow = width !== null && width < NARROW;
  const indent = narrow ? 4 : stringWidth(head);
  const first = narrow
    ? [`${head}${escapeControls(item)}`, ...hang('    ', named, width)]
    : hang(`${head}${escapeControls(item).padEnd(idWidth)}  `, named, width);
  const margin = ' '.repeat(indent);
  return [...first, ...reasonLines(status, margin, view)];
}

const LONGEST_STATE = Math.max(...Object.keys(MARKS).map((state) => state.length));

function reasonLines(status: ItemStatus, margin: string, { palette, width }: View): readonly string[] {
  const { state, why, until, advice } = status;
  const settled = state === 'passed' || state === 'signed';
  const shown = why.slice(0, state === 'passed' ? REASONS.passed : REASONS.other);
  const more = why.length - shown.length;
  const rest = more > 0 ? ` (and ${more} more)` : '';
  const reasons = shown.map((reason, i) => `${escapeControls(reason)}${i === shown.length - 1 ? rest : ''}`);
  const paint = settled ? palette.faint : (text: string) => text;
  return [
    ...[...reasons, ...(until === null ? [] : [`until ${until}`])].flatMap((reason) =>
      hang(`${margin}· `, reason, width).map(paint),
    ),
    ...(settled || advice === null ? [] : adviceLines(advice, margin, { palette, width })),
  ];
}

/** What to do about an item. */
export function adviceLines(advice: string, margin: string, { palette, width }: View): readonly string[] {
  return hang(`${margin}→ `, escapeControls(advice), width).map(palette.faint);
}

/** What is in the way, or how to go on: the last lines of every answer about a checklist. */
export function closingText({ launch, items, go, version, notes }: LaunchChecklist, { palette, width }: View): string {
  const open = items.filter(({ blocks }) => blocks);
  const id = escapeControls(launch);
  const said = notes.flatMap(({ message }) => hang(`${palette.caution('!')} `, escapeControls(message), width, 2));
  const given = go?.stands === true ? [...goLines(go, version, { palette, width })] : [];
  if (open.length > 0) {
    const what = open.length === 1 ? '1 required item is open' : `${open.length} required items are open`;
    return [
      ...hang(`${palette.bad('✗')} `, `${what}: ${escapeControls(open.map(({ item }) => item).join(', '))}`, width, 2),
      ...given,
      ...said,
      ...waivableLines(id, open, width),
    ].join('\n');
  }
  const holds = `${counted(items.length, 'item')}, and nothing required is open`;
  const next =
    go?.stands === true
      ? []
      : [...hang('  ', 'It sells only once somebody lets it go:', width), `  storectl launches go ${id}`];
  return [...hang(`${palette.good('✓')} `, holds, width, 2), ...given, ...said, ...next].join('\n');
}

/** The way on for what nobody can sign: to mend it, or to let it be open for a while. */
function waivableLines(launch: string, open: readonly ItemStatus[], width: number | null): readonly string[] {
  const failed = open.find(({ kind }) => kind === 'automatic');
  if (failed === undefined) return [];
  return [
    ...hang('  ', 'What is not proven is mended, or waived:', width),
    `  storectl launches waive ${launch} ${escapeControls(failed.item)}`,
  ];
}

function goLines(
  { by, at }: NonNullable<LaunchChecklist['go']>,
  version: number,
  { palette, width }: View,
): readonly string[] {
  const text = `let go by ${escapeControls(by)} at ${at}, as version ${version}; any change of the launch voids that`;
  return hang(`${palette.good('✓')} `, text, width, 2);
}
