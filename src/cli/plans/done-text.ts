import type { ChangeSummary } from '../../contract/shapes.ts';
import { NOUN, type Section } from '../../domain/document/sections.ts';
import { countVerbs, type PlanOperation, type Verb } from '../../domain/plan/plan.ts';
import { counted, grouped } from '../output/counted.ts';

const DONE: Readonly<Record<Verb, string>> = { create: 'created', update: 'changed', delete: 'deleted' };
const VERBS = ['create', 'update', 'delete'] as const;

/** `12 created, 1 changed`; products and listings are counted one by one: `50,000 products added`. */
export function doneText(operations: readonly PlanOperation[]): string {
  const items = operations.flatMap(itemsDone);
  const others = operations.filter((operation) => operation.kind !== 'products' || operation.items === undefined);
  return [verbsText(countVerbs(others)), ...items].filter((part) => part !== '').join(', ');
}

function itemsDone({ kind, items }: PlanOperation): readonly string[] {
  if (items === undefined) return [];
  const noun = kind === 'products' ? 'product' : 'listing';
  return (['added', 'changed', 'removed'] as const)
    .filter((what) => items[what] > 0)
    .map((what) => `${counted(items[what], noun)} ${what}`);
}

function verbsText(counts: Readonly<Record<Verb, number>>): string {
  return VERBS.filter((verb) => counts[verb] > 0)
    .map((verb) => `${grouped(counts[verb])} ${DONE[verb]}`)
    .join(', ');
}

/** What a change in a list did to what: `launches/opening changed`, `3 sites, 1 shutdown created`. */
export function targetsText({ counts, targets }: Pick<ChangeSummary, 'counts' | 'targets'>): string {
  const [first] = targets;
  const verbs = VERBS.filter((verb) => counts[verb] > 0);
  const [verb] = verbs;
  if (first === undefined || verb === undefined) return verbsText(counts);
  const what = targets.length === 1 ? nameOf(first) : kindsText(targets);
  return verbs.length === 1 ? `${what} ${DONE[verb]}` : `${what}: ${verbsText(counts)}`;
}

/** All products are one entry, whose id is nothing to people. */
function nameOf(target: string): string {
  return kindOf(target) === 'products' ? 'products' : target;
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
