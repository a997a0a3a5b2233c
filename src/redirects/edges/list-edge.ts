import { SPLAT } from '../pattern.ts';
import { parseParameters } from '../query.ts';
import type { RulesetOptions } from '../rule.ts';
import type { Piece, Target } from '../template.ts';
import type { Loss, LostFeature } from './edge.ts';
import type { EdgeEntry, PathTest } from './edge-entry.ts';

/** Gathers what rules lose, each feature of a rule once. */
export class Losses {
  private readonly found = new Map<string, Loss>();

  add(rule: number, feature: LostFeature, lost: string): void {
    const key = `${rule} ${feature}`;
    if (!this.found.has(key)) this.found.set(key, { rule, feature, lost });
  }

  has(rule: number, feature: LostFeature): boolean {
    return this.found.has(`${rule} ${feature}`);
  }

  get all(): readonly Loss[] {
    return [...this.found.values()].sort((a, b) => a.rule - b.rule);
  }
}

export const LEFT_OUT = 'it is left out';

/** A target as text, placeholders as `:name`. */
export function targetText(target: Target, path: readonly Piece[] = target.path): string {
  const text = (pieces: readonly Piece[]): string =>
    pieces.map((piece) => (piece.kind === 'text' ? piece.text : `:${piece.name}`)).join('');
  const query = target.query.length === 0 ? '' : `?${text(target.query)}`;
  const fragment = target.fragment.length === 0 ? '' : `#${text(target.fragment)}`;
  return `${target.origin}${text(path)}${query}${fragment}`;
}

export function usesSplat({ path, query, fragment }: Target): boolean {
  return [...path, ...query, ...fragment].some((piece) => piece.kind === 'name' && piece.name === SPLAT);
}

/** The target of a prefix that appends the rest of the path, with the rest as its splat. */
export function withRest(target: Target): readonly Piece[] {
  const last = target.path.at(-1);
  const slashed = last?.kind === 'text' && last.text.endsWith('/');
  return [...target.path, ...(slashed ? [] : [{ kind: 'text', text: '/' } as const]), { kind: 'name', name: SPLAT }];
}

/** The same without what would be added for an empty rest. */
export function withoutSplat(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.filter((piece) => piece.kind === 'text' || piece.name !== SPLAT);
}

/** A pattern's path as it is written: `/p/:id/*`. */
export function patternText(test: Extract<PathTest, { readonly kind: 'pattern' }>): string {
  const segments = test.pattern.segments.map((one) => (one.kind === 'literal' ? one.text : `:${one.name}`));
  return `/${[...segments, ...(test.pattern.splat ? ['*'] : [])].join('/')}`;
}

/** What a list of rules cannot say of a rule's query, where it passes the whole of it on. */
export function loseQuery(entry: EdgeEntry, losses: Losses): void {
  if (entry.target === null) return;
  const own = parseParameters(entry.target.query.map((piece) => (piece.kind === 'text' ? piece.text : 'x')).join(''));
  if (typeof entry.policy !== 'string')
    losses.add(
      entry.rule,
      'query-policy',
      'the whole query of the visitor is passed on, not only the significant part',
    );
  else if (entry.policy === 'preserve' && own.length > 0)
    losses.add(entry.rule, 'query-policy', "the target's own query and the visitor's are not merged as here");
}

export function loseCase(entry: EdgeEntry, options: RulesetOptions, losses: Losses): void {
  if (options.case === 'sensitive' || entry.test.kind === 'site') return;
  losses.add(entry.rule, 'case', 'only its own spelling in upper and lower case is taken');
}
