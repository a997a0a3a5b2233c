import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  conditionExpressions,
  filterCases,
  MAX_CONDITIONS,
  MAX_RUNS,
  namedParameter,
  otherParameter,
  shapeCases,
} from '../../../src/redirects/edges/query-expression.ts';
import {
  conditionName,
  conditionsHold,
  parseConditions,
  parseParameters,
  passedQuery,
} from '../../../src/redirects/query.ts';

const name: fc.Arbitrary<string> = fc.constantFrom('a', 'ab', 'abc', 'id', 'x', '%C3%A4', '%C3%A5', 'a%20b', 'a.b');
const value = fc.constantFrom('', '=', '=1', '=2', '=a%20b', '=a+b');
const parameter = fc.tuple(name, value).map(([one, is]) => one + is);
const query = fc.array(parameter, { maxLength: 6 }).map((all) => all.join('&'));
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 3 });

/** RE2 and PCRE read these expressions like JavaScript does. */
const matches = (expression: string, text: string): boolean => new RegExp(`^(?:${expression})$`).test(text);

describe('expressions over queries', () => {
  test('every parameter is one of the names or another, and never both', () => {
    fc.assert(
      fc.property(names, parameter, (wanted, text) => {
        const isNamed = parseParameters(text).some((one) => wanted.includes(one.name));
        expect(matches(namedParameter(wanted), text)).toBe(isNamed);
        expect(matches(otherParameter(wanted), text)).toBe(!isNamed);
      }),
    );
  });

  test('a space may be a plus, an escape may be in lower case', () => {
    for (const text of ['a+b=1', 'a%20b', '%c3%A4=2', '%C3%a4'])
      expect(matches(otherParameter(['a%20b', '%C3%A4']), text)).toBe(false);
    for (const text of ['a', 'a+', 'a%2', 'a%21b', '%c3', '%C3%A5', '', '=a+b'])
      expect(matches(otherParameter(['a%20b', '%C3%A4']), text)).toBe(true);
  });

  test('conditions hold exactly where the engine says so', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
        fc.array(value, { minLength: 3, maxLength: 3 }),
        query,
        (wanted, values, asked) => {
          const conditions = parseConditions(wanted.map((one, index) => one + (values[index] ?? '')).join('&'));
          const expressions = conditionExpressions(conditions) ?? [];
          expect(expressions.some((one) => matches(one, asked))).toBe(
            conditionsHold(conditions, parseParameters(asked)),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  test('too many conditions, and several on one name, are not written out', () => {
    expect(conditionExpressions(['a=1', 'b=1', 'c=1', 'd=1'])).toBeUndefined();
    expect(conditionExpressions(['a=1', 'a=2'])).toBeUndefined();
  });

  test('a filter keeps what the engine passes, up to its number of runs', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<'only' | 'except'>('only', 'except'),
        names,
        query,
        fc.boolean(),
        (kind, wanted, asked, lookahead) => {
          const kept = (one: string): boolean =>
            wanted.includes(parseParameters(one)[0]?.name ?? '') === (kind === 'only');
          const runs = asked
            .split('&')
            .filter((one, index, all) => one !== '' && kept(one) && (index === 0 || !kept(all[index - 1] ?? '')));
          fc.pre(runs.length <= MAX_RUNS);
          const found = filterCases({ kind, names: wanted }, lookahead)
            .map(({ expression, groups }) => ({ match: new RegExp(expression).exec(asked), groups }))
            .find(({ match }) => match !== null);
          const actual = found?.groups.map((group) => found.match?.[group] ?? '').join('&') ?? '';
          const expected =
            kind === 'only'
              ? passedQuery(asked, { significant: wanted }, [], '')
              : passedQuery(
                  asked,
                  'preserve',
                  wanted.map((one) => `${conditionName(`${one}=`)}=`),
                  '',
                );
          expect(actual).toBe(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('what is asked for is kept whole, or not at all', () => {
    const asked = fc.array(parameter, { maxLength: 9 }).map((all) => all.join('&'));
    fc.assert(
      fc.property(names, asked, fc.boolean(), (wanted, text, lookahead) => {
        const found = shapeCases(wanted, lookahead)
          .map(({ expression, groups }) => ({ match: new RegExp(expression).exec(text), groups }))
          .find(({ match }) => match !== null);
        const actual = found?.groups.map((group) => found.match?.[group] ?? '').join('&') ?? '';
        const kept = text.split('&').filter((one) => wanted.includes(parseParameters(one)[0]?.name ?? ''));
        if (actual === '') expect(kept.length === 0 || kept.length > MAX_CONDITIONS).toBe(true);
        else expect(actual).toBe(kept.join('&'));
      }),
      { numRuns: 500 },
    );
  });
});
