import { checkAssertions } from '../../assertions/check-assertions.ts';
import { failureText } from '../../assertions/findings.ts';
import type { AssertionFailure, AssertionResult } from '../../assertions/result.ts';
import { indexDocuments } from '../../state/document-index.ts';
import { intervalJson } from '../../time/interval.ts';
import type { GuardResult } from '../plan.ts';
import { type Guarding, overrideFlag, passed } from './guard.ts';

/** Failures that a plan shows of each assertion; `assertions check` lists more. */
const SHOWN = 5;

/**
 * What the document asserts has to hold once the plan is applied, at every instant from now on. Bounded: at most
 * 100,000 URLs are stated, and at most five million answers asked for.
 */
export function guardAssertions(guarding: Guarding): readonly GuardResult[] {
  const { wanted, now, compiled } = guarding;
  if (wanted.assertions.size === 0) return [passed('assertions', 'nothing is asserted')];
  if (!guarding.checkAssertions) return [passed('assertions', 'nothing that assertions depend on changes')];
  const results = checkAssertions({ index: indexDocuments(wanted), compiled }, { since: now });
  const failed = results.flatMap((result): GuardResult[] => {
    const [first] = result.failures;
    return first === undefined ? [] : [blockedBy(result, first)];
  });
  const unsure = results.filter(({ partly, failed: count }) => partly && count === 0).map(partlyChecked);
  if (failed.length + unsure.length > 0) return [...failed, ...unsure];
  const urls = results.reduce((sum, { checked }) => sum + checked, 0);
  const count = results.length === 1 ? 'one assertion holds' : `${results.length} assertions hold`;
  return [passed('assertions', `${count} at every instant from now on (${urls} ${urls === 1 ? 'URL' : 'URLs'})`)];
}

function blockedBy(result: AssertionResult, first: AssertionFailure): GuardResult {
  const { id, failed, checked, failures, reason } = result;
  const more = failed > 1 ? `; ${failed} of ${checked} URLs fail` : '';
  const why = reason === null ? '' : `; ${reason}`;
  return {
    guard: 'assertions',
    outcome: 'block',
    message: `${failureText(id, first)}${more}${why}`,
    targets: [`assertions/${id}`],
    override: overrideFlag('assertions'),
    details: {
      checked,
      failed,
      failures: failures
        .slice(0, SHOWN)
        .map(({ from, until, ...failure }) => ({ ...failure, ...intervalJson({ from, until }) })),
    },
  };
}

function partlyChecked({ id }: AssertionResult): GuardResult {
  return {
    guard: 'assertions',
    outcome: 'warn',
    message: `assertion ${id} was looked at in part only: it asks for more answers than a plan may`,
    targets: [`assertions/${id}`],
    override: null,
  };
}
