import type { ChangeSummary } from '../../contract/shapes.ts';
import { NOUN, type Section } from '../../domain/document/sections.ts';
import { countItems, countVerbs, type PlanOperation, type Verb } from '../../domain/plan/plan.ts';
import { counted, grouped } from '../output/counted.ts';

const DONE: Readonly<Record<Verb, string>> = { create: 'created', update: 'changed', delete: 'deleted' };
const VERBS = ['create', 'update', 'delete'] as const;

/** `12 created, 1 changed`; products and listings are counted one by one: `50,000 products added`. */
export function doneText(operations: readonly PlanOperation[]): string {
  const others = operations.filter((operation) => operation.kind !== 'products' || operation.items === undefined);
  return [verbsText(countVerbs(others)), ...itemsText(countItems(operations))].filter((part) => part !== '').join(', ');
}

/** `8 products added`, `1 listing removed`. */
function itemsText(items: ChangeSummary['items'] | null): readonly string[] {
  return (['products', 'listings'] as const).flatMap((kind) => {
    const own = items?.[kind];
    if (own === undefined) return [];
    return (['added', 'changed', 'removed'] as const)
      .filter((what) => own[what] > 0)
      .map((what) => `${counted(own[what], kind === 'products' ? 'product' : 'listing')} ${what}`);
  });
}

function verbsText(counts: Readonly<Record<Verb, number>>): string {
  return VERBS.filter((verb) => counts[verb] > 0)
    .map((verb) => `${grouped(counts[verb])} ${DONE[verb]}`)
    .join(', ');
}

/**
 * What a change in a list did to what: `launches/opening changed`, `3 sites, 1 shutdown created`, `8 products added`,
 * `catalogs/us: 2 listings changed`.
 */
export function targetsText({ counts, targets, items }: Pick<ChangeSummary, 'counts' | 'targets' | 'items'>): string {
  const [first] = targets;
  const verbs = VERBS.filter((verb) => counts[verb] > 0);
  const [verb] = verbs;
  if (first === undefined || verb === undefined) return verbsText(counts);
  const brought = itemsText(items);
  if (targets.length === 1) return oneTargetText(first, verb, brought);
  // All products are one entry, which is told by their number where it is known.
  const others = items?.products === undefined ? targets : targets.filter((target) => kindOf(target) !== 'products');
  const entries =
    verbs.length === 1 ? `${kindsText(others)} ${DONE[verb]}` : `${kindsText(targets)}: ${verbsText(counts)}`;
  return [entries, ...brought].join(', ');
}

function oneTargetText(target: string, verb: Verb, brought: readonly string[]): string {
  const isProducts = kindOf(target) === 'products';
  if (brought.length === 0) return `${isProducts ? 'products' : target} ${DONE[verb]}`;
  if (isProducts) return brought.join(', ');
  return verb === 'update' ? `${target}: ${brought.join(', ')}` : [`${target} ${DONE[verb]}`, ...brought].join(', ');
}

function kindsText(targets: readonly string[]): string {
  const kinds = Map.groupBy(targets, kindOf);
  return [...kinds]
    .map(([kind, own]) => (kind === 'products' ? 'products' : counted(own.length, nounOf(kind))))
    .join(', ');
}

function kindOf(target: string): string {
  return target.slice(0, target.indexOf('/'));
}

function nounOf(kind: string): string {
  return Object.hasOwn(NOUN, kind) ? NOUN[kind as Section] : kind;
}
