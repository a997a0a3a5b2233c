import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detailsOf, toldDetails } from '../../src/contract/problem-errors.ts';

const text = fc.string();
const place = fc.record({ file: text, line: fc.nat(), column: fc.nat(), pointer: text }, { requiredKeys: [] });
const filledPlace = place.filter((one) => Object.keys(one).length > 0);
const problem = fc.record(
  {
    code: text,
    severity: fc.constantFrom('error' as const, 'warning' as const),
    message: text,
    remedy: text,
    place: filledPlace,
  },
  { requiredKeys: ['code', 'severity', 'message'] },
);
const requestError = fc.record({ pointer: text, parameter: text, detail: text }, { requiredKeys: ['detail'] });
const rest = fc.dictionary(fc.constantFrom('count', 'plan', 'contents', 'noun'), fc.jsonValue());
const faults = fc.oneof(
  fc.record({ problems: fc.array(problem, { minLength: 1 }) }),
  fc.record({ errors: fc.array(requestError, { minLength: 1 }) }),
  fc.constant({}),
);

describe('the faults of a request', () => {
  it('come back as they were, over the wire', () => {
    fc.assert(
      fc.property(faults, rest, (found, others) => {
        const details = { ...found, ...others };
        const sent: ReturnType<typeof toldDetails> = JSON.parse(JSON.stringify(toldDetails(details)));
        expect(detailsOf(sent)).toEqual(JSON.parse(JSON.stringify(details)));
      }),
    );
  });

  it('are told once, with all that is known of each', () => {
    const details = {
      problems: [{ code: 'unknown-market', severity: 'error', message: 'm', remedy: 'r', place: { pointer: '/a' } }],
      count: 1,
    };
    expect(toldDetails(details)).toEqual({
      errors: [{ code: 'unknown-market', severity: 'error', detail: 'm', remedy: 'r', pointer: '/a' }],
      details: { count: 1 },
    });
    expect(toldDetails({ errors: [{ parameter: 'at', detail: 'd' }] })).toEqual({
      errors: [{ parameter: 'at', detail: 'd' }],
    });
  });

  it.each([
    [undefined, {}],
    [{ id: 'x' }, { details: { id: 'x' } }],
    [{ problems: [] }, { details: { problems: [] } }],
  ])('are none in %j', (details, told) => {
    expect(toldDetails(details)).toEqual(told);
  });

  it.each([
    [{ errors: 'none', details: { id: 'x' } }, { id: 'x' }],
    [{ errors: [5], details: [1] }, {}],
    // As an older platform tells them.
    [{ errors: [{ detail: 'd' }], details: { errors: [{ detail: 'd' }] } }, { errors: [{ detail: 'd' }] }],
  ])('are read with care: %j', (body, details) => {
    expect(detailsOf(body)).toEqual(details);
  });
});
