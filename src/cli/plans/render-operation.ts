import stringWidth from 'string-width';
import { pathOf } from '../../domain/document/pointer.ts';
import type { AffectedMarket } from '../../domain/document/resolve-resource.ts';
import { windowTextOf } from '../../domain/document/resources.ts';
import type { RulesReference } from '../../domain/document/schema.ts';
import { NOUN, type Section } from '../../domain/document/sections.ts';
import { escapeControls } from '../../domain/escape.ts';
import type { FieldChange, PlanOperation, Verb } from '../../domain/plan/plan.ts';
import { counted, grouped } from '../output/counted.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import { clocksOf } from './clocks.ts';
import { changeTexts, entryTexts, valueText } from './field-text.ts';
import { nameWidthOf, renderInstants } from './render-instants.ts';

export interface OperationView extends View {
  /** Every field of every entry, whatever its length. */
  readonly full: boolean;
}

export const SIGN: Readonly<Record<Verb, string>> = { create: '+', update: '~', delete: '-' };

export function signed(verb: Verb, text: string, { palette }: View): string {
  const colour = { create: palette.good, update: palette.caution, delete: palette.bad }[verb];
  return colour(`${SIGN[verb]}${text}`);
}

/** Columns of the field names: the longest is `redirectsUntil`. */
const LABEL = 15;
const INDENT = 6;
/** Narrower than this, a value stands under its name. */
const NARROW = 60;

/** One operation: a line that names it, then its fields. */
export function renderOperation(
  operation: PlanOperation,
  affected: readonly AffectedMarket[],
  view: OperationView,
): readonly string[] {
  const { palette } = view;
  const head = `  ${signed(operation.verb, '', view)} ${nameOf(operation, view)}`;
  const cause = causeText(operation);
  const title = cause === '' ? head : `${head}  ${palette.faint(`(${cause})`)}`;
  const fields = operation.changes.map((change) => ({ change, clocks: clocksOf(change.instants ?? [], affected) }));
  const nameWidth = nameWidthOf(fields.flatMap(({ clocks }) => clocks));
  return [
    title,
    ...fields.flatMap(({ change, clocks }) => [
      ...renderField(change, operation, view),
      ...renderInstants(clocks, nameWidth, withRoom(view)).map((line) => `${under(view)}${line}`),
    ]),
    ...atOnceLines(operation, view),
  ];
}

function atOnceLines({ atOnce }: PlanOperation, { palette, width }: View): readonly string[] {
  if (atOnce === undefined) return [];
  return hang(`${' '.repeat(INDENT)}${palette.caution('!')} `, escapeControls(atOnce), width, INDENT + 2);
}

/** All products are one entry, whose id is nothing to people. */
function nameOf({ kind, id }: PlanOperation, { palette }: View): string {
  return kind === 'products' ? palette.strong('products') : `${NOUN[kind]} ${palette.strong(escapeControls(id))}`;
}

/** Kinds whose entries say enough on one line when they come or go. */
export function fitsOnOneLine({ kind, verb }: PlanOperation): boolean {
  return verb === 'delete' || (verb === 'create' && (kind === 'markets' || kind === 'sites'));
}

/** An entry that comes or goes, on one line: its id and what it is. */
export function renderInShort(operation: PlanOperation, idWidth: number, view: OperationView): readonly string[] {
  const { width } = view;
  const id = escapeControls(operation.id);
  const padding = ' '.repeat(Math.max(0, idWidth - stringWidth(id)));
  const head = `  ${signed(operation.verb, '', view)} ${nameOf(operation, view)}`;
  const gist = gistOf(operation);
  if (gist === '') return [head];
  if (width !== null && width < NARROW) return [head, ...hang(' '.repeat(INDENT), gist, width)];
  const indent = 5 + NOUN[operation.kind].length + Math.max(idWidth, stringWidth(id)) + 2;
  return hang(`${head}${padding}  `, gist, width, indent);
}

function gistOf({ kind, verb, before, after, rules, items }: PlanOperation): string {
  const spec: Readonly<Record<string, unknown>> = { ...(after?.spec ?? before?.spec) };
  const keys: Readonly<Record<Section, readonly string[]>> = {
    markets: ['name', 'countries', 'currency', 'timeZone'],
    freezeWindows: ['reason'],
    sites: ['brand', 'market', 'role', 'urls'],
    shutdowns: ['title'],
    rulesets: ['site'],
    exceptions: ['reason'],
    assertions: ['kind', 'reason'],
    taxonomies: [],
    products: [],
    catalogs: ['market', 'mode'],
    certifications: ['title', 'markets', 'skus'],
    serviceLevels: ['market'],
    checklists: ['title'],
    launches: ['kind', 'markets', 'startsAt'],
    signoffs: [],
  };
  const parts = keys[kind].flatMap((key) => {
    const value = spec[key];
    return value === undefined || (Array.isArray(value) && value.length === 0) ? [] : [valueText(value)];
  });
  const lines = [
    ...(rules === undefined ? [] : [rulesText(verb, rules)]),
    ...(items === undefined ? [] : [itemsText({ kind, verb }, items)]),
  ];
  return [...parts, ...lines].join(' · ');
}

function causeText({ cause, verb }: PlanOperation): string {
  switch (cause) {
    case 'document':
      return '';
    case 'rollback':
      return verb === 'delete' ? 'it was not there before' : 'as it was before';
    case 'market-zone':
      return 'its market’s time zone changes';
    case 'tz-database':
      return 'the tz database reads its times otherwise now';
  }
}

function isNarrow({ width }: View): boolean {
  return width !== null && width < NARROW;
}

/** The blanks before a value's further lines. */
function under(view: View): string {
  return ' '.repeat(isNarrow(view) ? INDENT + 2 : INDENT + LABEL + 1);
}

function withRoom(view: View): View {
  return view.width === null ? view : { ...view, width: view.width - under(view).length };
}

function renderField(change: FieldChange, operation: PlanOperation, view: OperationView): readonly string[] {
  const field = pathOf(change.pointer).join('.');
  const window = windowTextOf(field);
  const name = window === null ? field : 'window';
  const texts = window === null ? textsOf(name, change, operation, view.full) : [escapeControls(window)];
  const margin = ' '.repeat(INDENT);
  const [head, ...first] = isNarrow(view)
    ? [under(view), `${margin}${view.palette.faint(name)}`]
    : [`${margin}${view.palette.faint(name.padEnd(LABEL))} `];
  const room = under(view).length;
  const together = texts.join(GAP);
  if (view.width === null || room + stringWidth(together) <= view.width) return [...first, `${head}${together}`];
  // What comes and what goes is told by its sign, which has to stay with it.
  const signWidth = texts.length > 1 ? 2 : 0;
  const lines = texts.flatMap((text, i) => hang(i === 0 ? head : under(view), text, view.width, room + signWidth));
  return [...first, ...lines];
}

const GAP = '  ';

function textsOf(
  name: string,
  change: FieldChange,
  { verb, kind, rules, items }: PlanOperation,
  full: boolean,
): readonly string[] {
  if (kind === 'rulesets' && name === 'rules') {
    if (rules !== undefined) return [rulesText(verb, rules)];
    return [counted((change.after as RulesReference | undefined)?.count ?? 0, 'rule')];
  }
  if (items !== undefined && name === (kind === 'products' ? 'items' : 'listings'))
    return [itemsText({ kind, verb }, items)];
  return verb === 'update' ? changeTexts(change, full) : entryTexts(change.after ?? change.before, full);
}

/** `3 products: + 1 added (mi-band)`: how many there are, and which come and go. */
function itemsText(
  { kind, verb }: Pick<PlanOperation, 'kind' | 'verb'>,
  { before, after, examples, ...counts }: NonNullable<PlanOperation['items']>,
): string {
  const noun = kind === 'products' ? 'product' : 'listing';
  // An entry that comes or goes has said so; one that stays and is emptied has not.
  if (verb !== 'update') return counted(before + after, noun);
  const parts = (['added', 'changed', 'removed'] as const)
    .filter((what) => counts[what] > 0)
    .map((what) => `${ITEM_SIGN[what]} ${grouped(counts[what])} ${what} (${namedItems(examples[what], counts[what])})`);
  const sum = before === after ? counted(after, noun) : `${grouped(before)} → ${counted(after, noun)}`;
  return `${sum}: ${parts.join(', ')}`;
}

const ITEM_SIGN = { added: '+', changed: '~', removed: '-' } as const;
/** SKUs that are named of each. */
const NAMED_ITEMS = 5;

function namedItems(skus: readonly string[], count: number): string {
  const shown = skus.slice(0, NAMED_ITEMS);
  const more = count - shown.length;
  return `${escapeControls(shown.join(', '))}${more > 0 ? ` and ${grouped(more)} more` : ''}`;
}

/** `13 → 1 rule: - 12 removed`. As with items, only what stays has to say what comes and goes. */
function rulesText(
  verb: Verb,
  { before, after, added, removed, changed }: NonNullable<PlanOperation['rules']>,
): string {
  if (verb !== 'update') return counted(before + after, 'rule');
  const parts = [
    ...(added > 0 ? [`+ ${grouped(added)} added`] : []),
    ...(changed > 0 ? [`~ ${grouped(changed)} changed`] : []),
    ...(removed > 0 ? [`- ${grouped(removed)} removed`] : []),
  ];
  const detail = parts.length === 0 ? 'in another order' : parts.join(', ');
  return before === after
    ? `${counted(after, 'rule')}: ${detail}`
    : `${grouped(before)} → ${counted(after, 'rule')}: ${detail}`;
}
