import { type CompiledRuleset, flagsOf, kindOf } from '../redirects/compiled.ts';
import { witnessesOf } from '../redirects/lint/witness.ts';
import type { MatchKind } from '../redirects/rule.ts';
import { FLAG } from '../redirects/traits.ts';
import { type ProofRequest, requestOf } from './proof-request.ts';

/** How many rules of a kind are asked for, of how many that can answer. */
export interface AskedKind {
  readonly kind: MatchKind;
  readonly asked: number;
  readonly of: number;
}

export interface OwnRequests {
  readonly requests: readonly ProofRequest[];
  /** Those among them for rules with variable parts. */
  readonly variable: readonly ProofRequest[];
  /** Rules with variable parts that are asked for. */
  readonly rules: readonly number[];
  readonly asked: readonly AskedKind[];
}

/** Those with variable parts first: a server reads each of them by itself, and exact paths all in one way. */
const KINDS: readonly MatchKind[] = ['regex', 'pattern', 'prefix', 'exact'];

/** Of the requests, exact rules get at least one in so many. */
const EXACT_SHARE = 4;

/** URLs of one rule, beside its variants. */
const MOST_URLS = 4;

/** The rules' own URLs, at most `most`: one of each rule before a second of any, and of every kind its share. */
export function ownRequests(ruleset: CompiledRuleset, most: number): OwnRequests {
  const { byKind, off } = rulesByKind(ruleset);
  const exact = byKind.get('exact')?.length ?? 0;
  let left = most - Math.min(exact, Math.ceil(most / EXACT_SHARE));
  let kinds = KINDS.length - 1;
  const firsts: ProofRequest[] = [];
  const variable: ProofRequest[] = [];
  const more: ProofRequest[] = [];
  const rules: number[] = [];
  const asked = new Map<MatchKind, AskedKind>();
  // The smallest kinds first, so that what they leave is for the larger ones; exact rules get all that is left.
  const inOrder = KINDS.slice(0, -1).toSorted((a, b) => (byKind.get(a)?.length ?? 0) - (byKind.get(b)?.length ?? 0));
  for (const kind of [...inOrder, 'exact' as const]) {
    const all = byKind.get(kind) ?? [];
    if (kind === 'exact') left = most - firsts.length;
    const chosen = spread(all, kind === 'exact' ? left : Math.floor(left / kinds--));
    let count = 0;
    for (const index of chosen) {
      const [first, ...others] = urlsOf(ruleset, index, kind);
      if (first === undefined) continue;
      count++;
      firsts.push(first);
      for (const other of others) more.push(other);
      if (kind === 'exact') continue;
      rules.push(index);
      variable.push(first, ...others);
    }
    left -= count;
    asked.set(kind, { kind, asked: count, of: all.length });
  }
  const spare = Math.max(0, most - firsts.length);
  // What is switched off must not answer; it is asked for with what the others leave.
  const gone = spread(off, Math.ceil(spare / 2)).flatMap((index) => witnessesOf(ruleset, index).slice(0, 1));
  return {
    requests: [...firsts, ...[...gone.map(requestOf), ...more].slice(0, spare)],
    variable,
    rules,
    asked: KINDS.flatMap((kind) => asked.get(kind) ?? []).filter(({ of }) => of > 0),
  };
}

interface RulesByKind {
  readonly byKind: ReadonlyMap<MatchKind, readonly number[]>;
  /** Rules that are switched off, of any kind. */
  readonly off: readonly number[];
}

function rulesByKind(ruleset: CompiledRuleset): RulesByKind {
  const byKind = new Map<MatchKind, number[]>(KINDS.map((kind) => [kind, []]));
  const off: number[] = [];
  for (let index = 0; index < ruleset.rules.length; index++) {
    const flags = flagsOf(ruleset, index);
    if (!(flags & FLAG.valid)) continue;
    if (flags & FLAG.disabled) off.push(index);
    else byKind.get(kindOf(ruleset, index))?.push(index);
  }
  return { byKind, off };
}

/** So many of the items, evenly from the first to the last. */
function spread(items: readonly number[], most: number): readonly number[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, at) => items[Math.floor((at * items.length) / most)] ?? 0);
}

/** What a variable part holds may begin with a slash, and servers differ most in what they make of that. */
function urlsOf(ruleset: CompiledRuleset, index: number, kind: MatchKind): readonly ProofRequest[] {
  const own = witnessesOf(ruleset, index).slice(0, MOST_URLS).map(requestOf);
  const [first] = own;
  if (kind === 'exact' || first === undefined) return own;
  const path = first.target.split('?', 1)[0] ?? '';
  const doubled = (at: number): ProofRequest => ({ ...first, target: insertSlash(first.target, at) });
  return [...own, doubled(path.lastIndexOf('/')), doubled(0)];
}

const insertSlash = (target: string, at: number): string => `${target.slice(0, at)}/${target.slice(at)}`;
