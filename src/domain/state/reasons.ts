import { explainMatch } from '../../redirects/match.ts';
import type { RequestUrl } from '../../redirects/url.ts';
import { instantIn, type Resource } from '../document/resources.ts';
import { formatInstant } from '../time/format-time.ts';
import { type Answering, ruleId, type UrlAnswer, urlExemption } from './answer.ts';
import { revisionAt } from './document-index.ts';
import { type Exemption, exemptionOf } from './site-segments.ts';

/** One thing that was looked at on the way to an answer, in the order of rank. One of them decides. */
export interface Reason {
  readonly subject: string;
  readonly outcome: 'decides' | 'applies' | 'passed-over';
  readonly why: string;
}

/** Why an answer is as it is: exceptions, then the site and its shutdown, then rules and fallback. */
export function reasonsFor(world: Answering, url: RequestUrl, at: number, answer: UrlAnswer): readonly Reason[] {
  return [
    ...exceptionReasons(world, url, at, answer),
    ...siteReasons(at, answer),
    ...shutdownReasons(world, answer),
    ...ruleReasons(world, url, at, answer),
  ];
}

function exceptionReasons({ index }: Answering, url: RequestUrl, at: number, answer: UrlAnswer): readonly Reason[] {
  const market = answer.site?.spec.market ?? '';
  const ofUrl = index.exemptionsOf(url);
  const named = new Set(ofUrl.map((exemption) => exemption.exception));
  const ofSite = answer.site === null ? [] : index.exceptionsOf(answer.site.id).map((e) => exemptionOf(e, market));
  const byUrl = urlExemption(index, url, at)?.exception;
  return [...ofUrl, ...ofSite.filter((exemption) => !named.has(exemption.exception))].map((exemption) => {
    const subject = `exception ${exemption.exception}`;
    if (answer.decidedBy.kind !== 'exception' || answer.decidedBy.id !== exemption.exception) {
      return { subject, outcome: 'passed-over', why: whyPassedOver(exemption, at, answer) };
    }
    const reason = index.documents.exceptions.get(exemption.exception)?.spec.reason ?? '';
    const covers = byUrl === exemption.exception ? 'names this URL' : 'covers this site';
    return { subject, outcome: 'decides', why: `it ${covers} and outranks every rule and shutdown: ${reason}` };
  });
}

function whyPassedOver(exemption: Exemption, at: number, { state, decidedBy }: UrlAnswer): string {
  if (!exemption.redirect) return 'it exempts from neither shutdown nor redirect';
  if (at < exemption.from) return `it starts at ${formatInstant(exemption.from)}`;
  if (exemption.until <= at) return `it ended at ${formatInstant(exemption.until)}`;
  if (state === 'prelaunch') return 'the site is not open yet';
  return `${decidedBy.kind} ${decidedBy.id ?? ''} decides before it`;
}

function siteReasons(at: number, { site, state, decidedBy }: UrlAnswer): readonly Reason[] {
  if (site === null) {
    const outcome = decidedBy.kind === 'none' ? 'decides' : 'passed-over';
    return [{ subject: 'sites', outcome, why: 'the URL is on no site that is known here' }];
  }
  const decides = decidedBy.kind === 'state' && (state === 'prelaunch' || state === 'active');
  const why = `it is ${state ?? 'unknown'} at ${formatInstant(at)}`;
  return [{ subject: `site ${site.id}`, outcome: decides ? 'decides' : 'applies', why }];
}

function shutdownReasons({ index }: Answering, answer: UrlAnswer): readonly Reason[] {
  const shutdown = answer.site === null ? null : index.shutdownOf(answer.site.id);
  if (shutdown === null) return [];
  const subject = `shutdown ${shutdown.id}`;
  if (answer.decidedBy.kind === 'exception') {
    return [{ subject, outcome: 'passed-over', why: `exception ${answer.decidedBy.id ?? ''} outranks it` }];
  }
  const begun = answer.state !== 'prelaunch' && answer.state !== 'active';
  const outcome = !begun ? 'passed-over' : answer.decidedBy.kind === 'state' ? 'decides' : 'applies';
  return [{ subject, outcome, why: whatItDoes(shutdown, answer) }];
}

function whatItDoes(shutdown: Resource<'shutdowns'>, { site, state, outcome, decidedBy }: UrlAnswer): string {
  const when = (field: string): string => {
    const at = instantIn(shutdown.times, field, site?.spec.market ?? '');
    return at === undefined ? 'no known instant' : formatInstant(at);
  };
  switch (state) {
    case 'frozen':
      return `it froze the site at ${when('freeze')}; the site is served until it goes dark at ${when('dark')}`;
    case 'dark': {
      const since = `it made the site dark at ${when('dark')}`;
      if (decidedBy.kind !== 'state') return since;
      const { into } = shutdown.spec;
      return outcome === 'redirect'
        ? `${since}, and no rule answers: visitors go to ${into}`
        : `${since}, into nothing`;
    }
    case 'retired':
      return `the redirects of the site ended at ${when('redirectsUntil')}`;
    case 'prelaunch':
    case 'active':
    case null:
      return `it freezes the site at ${when('freeze')} and makes it dark at ${when('dark')}`;
  }
}

function ruleReasons(world: Answering, url: RequestUrl, at: number, answer: UrlAnswer): readonly Reason[] {
  const ruleset = answer.site === null ? null : world.index.rulesetOf(answer.site.id);
  if (ruleset === null) return [];
  const subject = `ruleset ${ruleset.id}`;
  if (answer.state !== 'dark') {
    const why = `its rules answer while the site is dark, and it is ${answer.state ?? 'unknown'}`;
    return [{ subject, outcome: 'passed-over', why }];
  }
  if (answer.decidedBy.kind === 'exception') {
    return [{ subject, outcome: 'passed-over', why: 'the exception decides before any rule' }];
  }
  const revision = revisionAt(ruleset, at);
  const compiled = world.compiled(ruleset.id, revision);
  if (compiled === null) return [];
  const { considered } = explainMatch(compiled, url, at);
  const reasons = considered.map(
    ({ index, outcome, why }): Reason => ({
      subject: `rule ${ruleId(ruleset.id, index)} ${compiled.rules.at(index)?.from ?? ''}`,
      outcome: outcome === 'won' ? 'decides' : 'passed-over',
      why,
    }),
  );
  const fallback: Reason = {
    subject: `fallback of ${ruleset.id}`,
    outcome: 'decides',
    why: 'no rule of the ruleset takes this URL',
  };
  return [
    { subject, outcome: 'applies', why: `revision ${revision.revision} is in force` },
    ...reasons,
    ...(answer.decidedBy.kind === 'fallback' ? [fallback] : []),
  ];
}
