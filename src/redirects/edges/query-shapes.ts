import { conditionName } from '../query.ts';
import type { EdgeEntry, HostGroup } from './edge-entry.ts';
import { conditionOrders, MAX_CONDITIONS } from './query-expression.ts';
import type { ExactRow } from './row.ts';

/**
 * The parameters that rules for exact paths ask for, by name. A server takes those of a request out of its query, and
 * finds the rule by path and parameters at once, however many rules there are for the path.
 */
export interface QueryShape {
  /** In the form in which names are compared, sorted. */
  readonly names: readonly string[];
  /** Their keys end in `?` and the parameters, in every order and spelling. */
  readonly rows: readonly ExactRow[];
}

/** Shapes are tried one after the other; rules for more of them are expressions. */
export const MAX_SHAPES = 32;

/** Which shapes there are, in the order in which they are tried, and whose rules they can hold. */
export class QueryShapes {
  private readonly order: ReadonlyMap<string, number>;
  private readonly found: readonly (QueryShape & { readonly rows: ExactRow[] })[];
  /** Keys that have their rule. */
  private readonly taken = new Set<string>();
  /** Places to the shapes that are asked for there. */
  private readonly asking = new Map<string, Set<number>>();

  constructor(groups: readonly HostGroup[]) {
    const counts = new Map<string, { conditions: number; rules: number }>();
    for (const { entries } of groups) {
      for (const { test, conditions } of entries) {
        if (test.kind !== 'exact' || !isListed(conditions)) continue;
        const known = counts.get(shapeKey(conditions)) ?? { conditions: 0, rules: 0 };
        known.conditions = Math.max(known.conditions, conditions.length);
        known.rules++;
        counts.set(shapeKey(conditions), known);
      }
    }
    const most = [...counts].sort(([, a], [, b]) => b.rules - a.rules).slice(0, MAX_SHAPES);
    // More conditions outrank fewer, so that most paths have their shapes in this order.
    const keys = most.sort(([, a], [, b]) => b.conditions - a.conditions).map(([key]) => key);
    this.order = new Map(keys.map((key, index) => [key, index]));
    this.found = keys.map((key) => ({ names: key.split('&'), rows: [] }));
  }

  get all(): readonly QueryShape[] {
    return this.found;
  }

  /** The numbers of the shapes that are asked for at each place. */
  get places(): ReadonlyMap<string, ReadonlySet<number>> {
    return this.asking;
  }

  /**
   * The paths of a group whose rules are found by their parameters, each with its places (`group:path`, or one for each
   * scheme where rules name one) and the rules there, best first. They rank as the shapes do: where a rule for one shape
   * comes between two for another, the order has to be kept, and the path is none of these.
   */
  placesOf({ id, entries }: HostGroup): ReadonlyMap<string, readonly AskedPlace[]> {
    const byPath = new Map<string, EdgeEntry[]>();
    for (const entry of entries) {
      if (entry.test.kind !== 'exact') break;
      const known = byPath.get(entry.test.path);
      if (known === undefined) byPath.set(entry.test.path, [entry]);
      else known.push(entry);
    }
    const found = new Map<string, readonly AskedPlace[]>();
    for (const [path, all] of byPath) {
      if (!all.some(({ conditions }) => isListed(conditions))) continue;
      const schemes = all.some(({ scheme }) => scheme !== '') ? (['http', 'https'] as const) : ([''] as const);
      const places = schemes.map(
        (scheme): AskedPlace => ({
          place: scheme === '' ? `${id}:${path}` : `${id}:${scheme}:${path}`,
          entries: askingFirst(all.filter((entry) => entry.scheme === '' || entry.scheme === scheme)),
        }),
      );
      if (places.every((place) => this.ranksAsShapes(place.entries))) found.set(path, places);
    }
    return found;
  }

  private ranksAsShapes(entries: readonly EdgeEntry[]): boolean {
    let last = 0;
    for (const { conditions } of entries) {
      const shape = this.order.get(shapeKey(conditions)) ?? -1;
      if (shape < last) return false;
      last = shape;
    }
    return true;
  }

  add(place: string, entry: EdgeEntry, answer: ExactRow['answer']): void {
    const number = this.order.get(shapeKey(entry.conditions)) ?? -1;
    const shape = this.found[number];
    if (shape === undefined) throw new Error(`nothing was counted for ${entry.conditions.join('&')}`);
    const asked = this.asking.get(place) ?? new Set();
    this.asking.set(place, asked.add(number));
    for (const query of queryForms(entry.conditions)) {
      const key = `${place}?${query}`;
      // Of two rules for one URL the better one comes first; Caddy and nginx refuse a second one.
      if (this.taken.has(key)) continue;
      this.taken.add(key);
      shape.rows.push({ rule: entry.rule, key, answer });
    }
  }
}

export interface AskedPlace {
  readonly place: string;
  readonly entries: readonly EdgeEntry[];
}

/** The rules that ask for a query, up to the first that asks for none: it leaves nothing to the others. */
function askingFirst(entries: readonly EdgeEntry[]): readonly EdgeEntry[] {
  const end = entries.findIndex(({ conditions }) => conditions.length === 0);
  return (end < 0 ? entries : entries.slice(0, end)).filter(({ conditions }) => isListed(conditions));
}

/** Numbers of shapes as a text in which each is found with its commas: `,0,12,`. */
export function shapeList(numbers: ReadonlySet<number>): string {
  return `,${[...numbers].join(',')},`;
}

/** Every order is written out. */
export function isListed(conditions: readonly string[]): boolean {
  return conditions.length > 0 && conditions.length <= MAX_CONDITIONS;
}

function shapeKey(conditions: readonly string[]): string {
  return [...new Set(conditions.map(conditionName))].sort().join('&');
}

/** The spellings in which parameters are found: `a` and `a=`, `%20` and `+`. */
function queryForms(conditions: readonly string[]): readonly string[] {
  const forms = new Set<string>();
  for (const order of conditionOrders(conditions))
    for (const text of withBareNames(order)) forms.add(text).add(text.replaceAll('%20', '+'));
  return [...forms];
}

function withBareNames([condition, ...others]: readonly string[]): readonly string[] {
  if (condition === undefined) return [''];
  const ends = others.length === 0 ? [''] : withBareNames(others).map((end) => `&${end}`);
  const starts = condition.endsWith('=') ? [condition, condition.slice(0, -1)] : [condition];
  return starts.flatMap((start) => ends.map((end) => start + end));
}
