import { describe, expect, test } from 'vitest';
import { type Documents, type Resource, windowField } from '../../../src/domain/document/resources.ts';
import { compileRevision } from '../../../src/domain/state/compile-revision.ts';
import { standingWarnings } from '../../../src/domain/state/warnings.ts';
import { createTimeResolver } from '../../../src/domain/time/time-resolver.ts';
import type { RedirectRule } from '../../../src/redirects/rule.ts';
import { contentOf, instant, POCO, type RulesByName, ruleset, TZDB } from '../state/world.ts';
import { applied, document, guardsOf, kept, plan, steps } from './planning.ts';

const SALE: RedirectRule = {
  from: '/fr/soldes',
  to: 'https://www.mi.com/global/sale/',
  window: { from: '2025-01-08T08:00', until: '2025-02-04T00:00+01:00' },
};
const rules: RulesByName = { sale: [SALE] };
const wanted = document({ ...POCO, rulesets: { 'poco-fr': ruleset('poco-fr', 'sale') } });
const first = plan(kept({}), wanted, { rules });
const planned = applied(kept({}), first);

/** The ruleset as an older tz database would have kept it, an hour early. */
function hourEarly(documents: Documents): Documents {
  const present = documents.rulesets.get('poco-fr') as Resource<'rulesets'>;
  const field = windowField('2025-01-08T08:00');
  const time = present.times[field]?.['fr'];
  if (time === undefined) throw new Error('the window has no instant');
  const times = { ...present.times, [field]: { fr: { ...time, at: time.at - 3_600_000, tzdb: '2020a' } } };
  const revisions = (present.revisions ?? []).map((revision) => ({ ...revision, times }));
  return { ...documents, rulesets: new Map([['poco-fr', { ...present, times, revisions }]]) };
}

function windowOf(documents: Documents): [number | undefined, number | undefined] {
  const [revision] = documents.rulesets.get('poco-fr')?.revisions ?? [];
  if (revision === undefined) throw new Error('the ruleset has no revision');
  const { windows } = compileRevision(documents, revision, [SALE], createTimeResolver(TZDB));
  return [windows?.from[0], windows?.until[0]];
}

describe('the window of a rule', () => {
  test('is resolved when it is planned, in its site’s market or at its own offset', () => {
    expect(planned.rulesets.get('poco-fr')?.times).toEqual({
      'window 2025-01-08T08:00': {
        fr: { text: '2025-01-08T08:00', at: instant('2025-01-08T07:00:00Z'), zone: 'Europe/Paris', tzdb: TZDB },
      },
      'window 2025-02-04T00:00+01:00': {
        '*': { text: '2025-02-04T00:00+01:00', at: instant('2025-02-03T23:00:00Z'), zone: null, tzdb: TZDB },
      },
    });
    expect(windowOf(planned)).toEqual([instant('2025-01-08T07:00:00Z'), instant('2025-02-03T23:00:00Z')]);
  });

  test('keeps its instant whatever the present tz database says', () => {
    expect(windowOf(hourEarly(planned))).toEqual([instant('2025-01-08T06:00:00Z'), instant('2025-02-03T23:00:00Z')]);
  });

  test('that the present tz database reads otherwise is reported, and moves by a guarded revision alone', () => {
    const early = hourEarly(planned);
    expect(standingWarnings(early, instant('2025-01-01T00:00:00Z'), TZDB)).toContainEqual(
      expect.stringContaining('2025-01-08T08:00'),
    );
    const draft = plan(early, document({}), { rules });
    expect(steps(draft)).toEqual(['update rulesets/poco-fr']);
    expect(guardsOf(draft, 'tz-database')[0]).toMatchObject({ outcome: 'block', override: '--override tz-database' });
    expect(draft.operations[0]?.cause).toBe('tz-database');
    expect(draft.operations[0]?.after?.revisions?.map(({ revision }) => revision)).toEqual([1, 2]);
  });

  test('changes nothing where nothing moved', () => {
    expect(steps(plan(planned, wanted, { rules }))).toEqual([]);
    expect(planned.rulesets.get('poco-fr')?.spec.rules.content).toBe(contentOf('sale'));
  });
});
