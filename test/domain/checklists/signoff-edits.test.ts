import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { restoredSignoff, takeGo } from '../../../src/domain/checklists/signoff-edits.ts';
import type { SignoffSpec } from '../../../src/domain/document/launch-schema.ts';

const AT = '2015-05-12T09:00:00Z';
const item = fc.constantFrom('load-test', 'on-call', 'press', '__proto__', 'constructor');
const evidence = fc.record({
  by: fc.constantFrom('anna', 'ben'),
  at: fc.constant(AT),
  note: fc.constantFrom('a', 'b'),
});
const waiver = fc.record({
  by: fc.constantFrom('anna', 'ben'),
  at: fc.constant(AT),
  reason: fc.constantFrom('x', 'y'),
  owner: fc.constant('ops'),
  until: fc.constant('2015-06-01T00:00:00Z'),
});
const entries = <T>(value: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(item, value), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs));
const signoff: fc.Arbitrary<SignoffSpec> = fc
  .record({ evidence: entries(evidence), waivers: entries(waiver) })
  .map(({ evidence: signed, waivers }) => ({
    ...(Object.keys(signed).length === 0 ? {} : { evidence: signed }),
    ...(Object.keys(waivers).length === 0 ? {} : { waivers }),
  }));

describe('taking a change of signatures back', () => {
  test('leads to what was, where nothing was signed since', () => {
    fc.assert(
      fc.property(signoff, signoff, (before, after) => {
        expect(restoredSignoff(before, after, after)).toEqual(before);
      }),
    );
  });

  test('leaves alone what the change did not touch', () => {
    fc.assert(
      fc.property(signoff, signoff, signoff, (before, after, present) => {
        const restored = restoredSignoff(before, after, present);
        for (const part of ['evidence', 'waivers'] as const) {
          const [was, is, now, then] = [before, after, present, restored].map(
            (own) => new Map<string, unknown>(Object.entries(own[part] ?? {})),
          );
          for (const key of ['load-test', 'on-call', 'press', '__proto__', 'constructor']) {
            const touched = JSON.stringify(was?.get(key)) !== JSON.stringify(is?.get(key));
            expect(then?.get(key)).toEqual(touched ? was?.get(key) : now?.get(key));
          }
        }
      }),
    );
  });

  test('gives no go back, and takes back the one that it gave', () => {
    const go = { by: 'anna', at: AT, version: 3 };
    const later = { ...go, at: '2015-05-13T09:00:00Z' };
    fc.assert(
      fc.property(signoff, (own) => {
        expect(restoredSignoff({ ...own, go }, own, own)).toEqual(own);
        expect(restoredSignoff(own, { ...own, go }, { ...own, go })).toEqual(own);
        expect(restoredSignoff(own, { ...own, go }, { ...own, go: later })).toEqual({ ...own, go: later });
        expect(takeGo({ ...own, go })).toEqual(own);
      }),
    );
  });
});
