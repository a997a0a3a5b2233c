import { conditionName } from '../query.ts';
import { hexLiteral } from './expression.ts';

/**
 * Regular expressions over queries, as lists of parameters. None needs look-around, so that every server's engine takes
 * them; where it is known (PCRE), it makes shorter ones.
 */

/** Orders of conditions are written out; of more than three there would be too many. */
export const MAX_CONDITIONS = 3;

/** The name of a parameter as it may be spelt: `+` is a space, escapes in either case. */
const nameText = (name: string): string => hexLiteral(name).replaceAll('%20', '(?:%20|\\+)');

/** One parameter with one of the names. */
export function namedParameter(names: readonly string[]): string {
  return `${nameChoice(names)}(?:=[^&]*)?`;
}

const nameChoice = (names: readonly string[]): string => `(?:${names.map(nameText).join('|')})`;

interface NameNode {
  readonly next: Map<string, NameNode>;
  ends: boolean;
}

/** One parameter, possibly empty, whose name is none of these. */
export function otherParameter(names: readonly string[]): string {
  const root: NameNode = { next: new Map(), ends: false };
  for (const name of names) {
    let node = root;
    for (const character of name.match(/%[0-9A-F]{2}|./gs) ?? []) {
      const child = node.next.get(character) ?? { next: new Map(), ends: false };
      node.next.set(character, child);
      node = child;
    }
    node.ends = true;
  }
  return otherFrom(root);
}

/** What may follow a part of a name so that the whole is no name of the tree. */
function otherFrom({ next, ends }: NameNode): string {
  const characters = [...next.keys()];
  // A space has two spellings, and an escape shares its "%" with every other: both are left to the deeper parts.
  const first = [...new Set(characters.flatMap((one) => (one === '%20' ? ['%', '+'] : [one.charAt(0)])))];
  const excluded = first.map((one) => one.replace(/[\\\]^-]/g, '\\$&')).join('');
  const ways = [`[^&=${excluded}][^&]*`];
  if (!ends) ways.push('(?:=[^&]*)?');
  for (const character of characters.filter((one) => !one.startsWith('%')))
    ways.push(`${hexLiteral(character)}${otherFrom(next.get(character) as NameNode)}`);
  const escapes = characters.filter((one) => one.startsWith('%'));
  if (escapes.length > 0) {
    for (const one of escapes) ways.push(`${nameText(one)}${otherFrom(next.get(one) as NameNode)}`);
    ways.push(`%(?:${otherHex(escapes)})[^&]*`, NO_ESCAPE);
  }
  return `(?:${ways.join('|')})`;
}

/** A percent sign that begins no escape. */
const NO_ESCAPE = '%(?:[^0-9A-Fa-f&][^&]*|[0-9A-Fa-f](?:[^0-9A-Fa-f&][^&]*)?)?';

/** Two digits that are none of the escapes'. */
function otherHex(escapes: readonly string[]): string {
  const digits = '0123456789ABCDEF';
  const byFirst = new Map<string, string>();
  for (const [, first = '', second = ''] of escapes) byFirst.set(first, (byFirst.get(first) ?? '') + second);
  const either = (set: string): string =>
    `[${[...set].map((one) => (one < 'A' ? one : one + one.toLowerCase())).join('')}]`;
  const rest = [...digits].filter((digit) => !byFirst.has(digit)).join('');
  const ways = [...byFirst].map(([first, seconds]) => {
    const other = [...digits].filter((digit) => !seconds.includes(digit)).join('');
    return `${either(first)}${either(other)}`;
  });
  return [...ways, ...(rest === '' ? [] : [`${either(rest)}[0-9A-Fa-f]`])].join('|');
}

/**
 * Whole queries that fulfil all conditions, one expression for each order in which their parameters may come;
 * undefined where one name has several conditions, or there are too many.
 */
export function conditionExpressions(conditions: readonly string[]): readonly string[] | undefined {
  const names = conditions.map(conditionName);
  if (conditions.length > MAX_CONDITIONS || new Set(names).size < names.length) return undefined;
  const other = otherParameter(names);
  return conditionOrders(conditions).map((order) => {
    const parts = order.map((condition) => `(?:${other}&)*${conditionText(condition)}`);
    return `${parts.join('&')}(?:&${other})*`;
  });
}

function conditionText(condition: string): string {
  const name = conditionName(condition);
  const value = condition.slice(name.length + 1);
  return value === '' ? `${nameText(name)}=?` : `${nameText(name)}=${nameText(value)}`;
}

/** Every order of conditions; there are few of them, by `MAX_CONDITIONS`. */
export function conditionOrders(items: readonly string[]): readonly (readonly string[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) => conditionOrders(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

/** Which of a visitor's parameters go on to the target. */
export interface QueryFilter {
  readonly kind: 'only' | 'except';
  /** In the form in which names are compared, sorted. */
  readonly names: readonly string[];
}

/** A whole query by shape, and the groups that are kept of it, to be joined with `&`. */
export interface FilterCase {
  readonly expression: string;
  readonly groups: readonly number[];
}

/**
 * Parameters that are kept may be parted by others so many times; what comes after is not passed on. What a rule asks
 * for occurs as often as it has conditions, so that nothing comes after where only that is taken out.
 */
export const MAX_RUNS = MAX_CONDITIONS + 1;

/** The cases of a filter, to be tried in order; where none holds, nothing is kept. */
export function filterCases({ kind, names }: QueryFilter, lookahead: boolean): readonly FilterCase[] {
  return casesOf({ kind, names, lookahead, most: MAX_RUNS, tail: '(?:&.*)?' });
}

/**
 * The cases in which all parameters of these names are kept, however many others there are; more of them than can be
 * asked for are none.
 */
export function shapeCases(names: readonly string[], lookahead: boolean): readonly FilterCase[] {
  return casesOf({ kind: 'only', names, lookahead, most: MAX_CONDITIONS, tail: '' });
}

interface Cases extends QueryFilter {
  readonly lookahead: boolean;
  readonly most: number;
  /** What may follow where there are no more runs to keep; empty: nothing but others. */
  readonly tail: string;
}

function casesOf({ kind, names, lookahead, most, tail }: Cases): FilterCase[] {
  const named = namedParameter(names);
  const other = lookahead ? `(?!${nameChoice(names)}(?:[=&]|$))[^&]*` : otherParameter(names);
  const [kept, dropped] = kind === 'only' ? [named, other] : [other, named];
  const run = (parameter: string): string => `${parameter}(?:&${parameter})*`;
  const cases: FilterCase[] = [];
  for (let runs = 1; runs <= most; runs++) {
    const body = Array.from({ length: runs }, () => `(${run(kept)})`).join(`&${run(dropped)}&`);
    const groups = Array.from({ length: runs }, (_, index) => index + 1);
    const ends = runs === most && tail !== '' ? ['', `&${dropped}${tail}`] : ['', `&${run(dropped)}`];
    for (const start of ['', `${run(dropped)}&`]) {
      for (const end of ends) cases.push({ expression: `^${start}${body}${end}$`, groups });
    }
  }
  return cases;
}
