import type { AssertionSpec } from '../document/assertion-schema.ts';
import type { Resource } from '../document/resources.ts';
import type { Answering } from '../state/answer.ts';
import { judgeEnd } from './every-url-ends.ts';
import { targetProbes } from './no-target.ts';
import { captureWitnesses, judgeCapture } from './nothing-captures.ts';
import { type Judge, probe, windowFor } from './probe.ts';
import { type AssertionFailure, type AssertionResult, MOST_FAILURES } from './result.ts';
import { judgeAnswer } from './single-answers.ts';
import { Asker, MOST_ANSWERS } from './stretches.ts';

export interface CheckAssertionsOptions {
  /** Epoch milliseconds; what was before is history, and no plan can change it. All of time where it is absent. */
  readonly since?: number;
  /** Answers that may be asked for; what is not reached is said in the results. */
  readonly mostAnswers?: number;
}

/**
 * Holds every assertion of the documents against the answers at all instants of the schedule: once for each stretch
 * between the instants at which an answer may change. Bounded by {@link MOST_ANSWERS} answers for all together.
 */
export function checkAssertions(world: Answering, options: CheckAssertionsOptions = {}): readonly AssertionResult[] {
  const { since = Number.NEGATIVE_INFINITY, mostAnswers = MOST_ANSWERS } = options;
  const asker = new Asker(world, mostAnswers);
  return [...world.index.documents.assertions.values()].map((assertion) => checkOne(asker, assertion, since));
}

function checkOne(asker: Asker, assertion: Resource<'assertions'>, since: number): AssertionResult {
  const failures: AssertionFailure[] = [];
  // A URL can be the witness of several rules, and each of them is judged apart.
  const asked = new Set<string>();
  const failing = new Set<string>();
  for (const { url, judge } of probesOf(asker.world, assertion.spec, since)) {
    if (asker.isExhausted) break;
    asked.add(url);
    const failure = probe(asker, url, windowFor(asker.world.index, assertion, url, since), judge);
    if (failure === null || failing.has(url)) continue;
    failing.add(url);
    if (failures.length < MOST_FAILURES) failures.push(failure);
  }
  const { kind, reason = null } = assertion.spec;
  const partly = asker.isExhausted;
  return { id: assertion.id, kind, reason, checked: asked.size, failures, failed: failing.size, partly };
}

interface Probe {
  readonly url: string;
  readonly judge: Judge;
}

function* probesOf(world: Answering, spec: AssertionSpec, since: number): Generator<Probe> {
  switch (spec.kind) {
    case 'every-url-ends': {
      const judge = judgeEnd(spec);
      for (const url of spec.urls) yield { url, judge: judge(url) };
      return;
    }
    case 'nothing-captures':
      for (const url of captureWitnesses(world, spec, since)) yield { url, judge: judgeCapture };
      return;
    case 'no-target':
      yield* targetProbes(world, spec, since);
      return;
    case 'answers':
      for (const [url, expected] of Object.entries(spec.expect)) yield { url, judge: judgeAnswer(expected) };
  }
}
