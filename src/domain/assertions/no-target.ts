import { flagsOf } from '../../redirects/compiled.ts';
import { fitsWildcard } from '../../redirects/lint/settings.ts';
import { unnamedUrlOf, witnessesOf } from '../../redirects/lint/witness.ts';
import { FLAG } from '../../redirects/traits.ts';
import { formatUrl } from '../../redirects/url.ts';
import type { AssertionOf } from '../document/assertion-schema.ts';
import type { Answering } from '../state/answer.ts';
import type { Judge } from './probe.ts';
import { type CompiledRevision, compiledSince } from './revisions.ts';
import { answerText } from './single-answers.ts';
import { readUrl } from './stretches.ts';

export interface TargetProbe {
  readonly url: string;
  readonly judge: Judge;
}

/**
 * URLs that show each rule which may lead to one of the pages: of a rule with a fixed target only where that is one, of
 * a template always, since a visitor fills it. Whether it does, and when, is for the answers to say.
 */
export function* targetProbes(world: Answering, spec: AssertionOf<'no-target'>, since: number): Generator<TargetProbe> {
  const isTarget = targetTest(spec.targets);
  const isExcepted = anyWildcard(spec.except ?? []);
  for (const revision of compiledSince(world, since)) {
    const { compiled } = revision;
    for (let index = 0; index < compiled.rules.length; index++) {
      const target = compiled.targets.at(index);
      const flags = flagsOf(compiled, index);
      if (target === undefined || (flags & (FLAG.valid | FLAG.disabled)) !== FLAG.valid) continue;
      if (flags & FLAG.plain && !isTarget(target)) continue;
      if (isExcepted(compiled.rules.at(index)?.from ?? '')) continue;
      const judge = judgeTarget(isTarget, revision.ruleset, index);
      for (const url of witnessesOf(compiled, index)) yield { url, judge };
    }
    if (spec.fallbacks === true) yield* fallbackProbes(revision, isTarget);
  }
}

function* fallbackProbes({ ruleset, compiled }: CompiledRevision, isTarget: Test): Generator<TargetProbe> {
  const { fallback } = compiled.options;
  if (fallback === undefined || !('to' in fallback)) return;
  const judge = judgeTarget(isTarget, ruleset, null);
  for (const site of compiled.sites) yield { url: unnamedUrlOf(site), judge };
}

/** @param rule its index; null for the fallback */
function judgeTarget(isTarget: Test, ruleset: string, rule: number | null): Judge {
  return ({ answer }) => {
    if (answer.ruleset !== ruleset || answer.rule !== rule || answer.location === null) return null;
    if (rule === null && answer.decidedBy.kind !== 'fallback') return null;
    return isTarget(answer.location) ? answerText(answer) : null;
  };
}

type Test = (text: string) => boolean;

/** Pages are compared without query, fragment and last slash: a campaign's home page is a home page. */
function targetTest(targets: readonly string[]): Test {
  const exact = new Set(targets.filter((target) => !target.includes('*')).map(pageOf));
  const wild = anyWildcard(targets.filter((target) => target.includes('*')));
  return (text) => {
    const page = pageOf(text);
    return exact.has(page) || wild(page) || wild(`${page}/`);
  };
}

function anyWildcard(patterns: readonly string[]): Test {
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')));
  const wild = patterns.filter((pattern) => pattern.includes('*'));
  return (text) => exact.has(text) || wild.some((pattern) => fitsWildcard(pattern, text));
}

function pageOf(text: string): string {
  const url = readUrl(text);
  const page = url === null ? text : formatUrl({ ...url, query: '' });
  return page.endsWith('/') ? page.slice(0, -1) : page;
}
