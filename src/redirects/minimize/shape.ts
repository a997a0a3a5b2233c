import type { CompiledRuleset } from '../compiled.ts';
import { flagsOf, kindOf, statusOf } from '../compiled.ts';
import { isFault, type RedirectRule } from '../rule.ts';
import { parseSource } from '../source.ts';
import { FLAG } from '../traits.ts';

/** A rule for paths of one length, as it is merged with others: an exact rule, or what became of several. */
export interface Shape {
  /** Scheme and host, as far as the rule names them. */
  readonly host: string;
  /** Literal texts, and `:name` for what has become variable. */
  readonly segments: readonly string[];
  /** Target text with the same names; undefined for a 410. */
  readonly to: string | undefined;
  /** What else has to be equal, as text. */
  readonly rest: string;
  /** The exact rules that it stands for. */
  readonly members: readonly number[];
}

/**
 * The shape of an exact rule that may be merged; undefined for rules with conditions, a window, a priority
 * or a placeholder-like colon: what sets a rule apart from its neighbours has a reason.
 */
export function shapeOf(compiled: CompiledRuleset, index: number): Shape | undefined {
  const rule = compiled.rules.at(index);
  const flags = flagsOf(compiled, index);
  if (rule === undefined || kindOf(compiled, index) !== 'exact') return undefined;
  if (
    (flags & (FLAG.valid | FLAG.disabled | FLAG.conditional)) !== FLAG.valid ||
    rule.window !== undefined ||
    rule.priority !== undefined
  )
    return undefined;
  const source = parseSource(rule, compiled.options);
  if (isFault(source) || source.path === '/' || /:|\*/.test(source.path)) return undefined;
  const to = compiled.targets.at(index);
  if (to !== undefined && /:/.test(to.replace(/^https?:\/\/[^/?#]*/, ''))) return undefined;
  return {
    host: source.scheme === '' ? source.hostKey : `${source.scheme}://${source.hostKey}`,
    segments: source.path.slice(1).split('/'),
    to,
    rest: restOf(rule, statusOf(compiled, index)),
    members: [index],
  };
}

function restOf({ query, note }: RedirectRule, status: number): string {
  return JSON.stringify([status, query ?? null, note ?? null]);
}

/** The rule that a shape of several members stands for. */
export function ruleOf(shape: Shape, first: RedirectRule): RedirectRule {
  return {
    ...first,
    from: `${shape.host}/${shape.segments.join('/')}`,
    ...(shape.to === undefined ? {} : { to: shape.to }),
    match: 'pattern',
  };
}
