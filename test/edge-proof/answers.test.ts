import { describe, expect, test } from 'vitest';
import { compareAnswers, engineAnswer, type ProofAnswer, type Verdict } from '../../src/edge-proof/answers.ts';
import type { ProofRequest } from '../../src/edge-proof/requests.ts';
import { proofRequests } from '../../src/edge-proof/requests.ts';
import { compileRules } from '../redirects/compile-rules.ts';
import { EVERY_FEATURE, EVERY_SITE } from '../redirects/edges/every-feature.ts';

const MI = 'https://www.mi.com';
const ruleset = compileRules(
  [
    { from: '/a', to: `${MI}/caf%C3%A9?x=1` },
    { from: '/lossy', to: `${MI}/l` },
  ],
  { query: 'drop' },
);

function verdict(target: string, actual: ProofAnswer, more: Partial<ProofRequest> = {}): Verdict {
  const request: ProofRequest = { scheme: 'https', host: 'po.co', target, hostile: false, ...more };
  const expected = engineAnswer(ruleset, request, 0);
  return compareAnswers({ edge: 'nginx', ruleset, request, expected, actual, lossy: new Set([1]) });
}

const to = (location: string | null, status = 301): ProofAnswer => ({ status, location });

describe('an answer agrees', () => {
  test.each([
    ['the same', '/a', to(`${MI}/caf%C3%A9?x=1`)],
    ['another spelling of the same URL', '/a', to('https://WWW.mi.com/caf%c3%a9?&x=1')],
    ['nothing where there is no rule', '/b', to(null, 404)],
  ])('%s', (_, target, actual) => {
    expect(verdict(target, actual)).toEqual({ kind: 'agreed' });
  });
});

describe('an answer differs', () => {
  test.each([
    ['another status', '/a', to(`${MI}/caf%C3%A9?x=1`, 302)],
    ['another path', '/a', to(`${MI}/cafe?x=1`)],
    ['another query', '/a', to(`${MI}/caf%C3%A9?x=2`)],
    ['a fragment too many', '/a', to(`${MI}/caf%C3%A9?x=1#`)],
    ['a redirect where there is no rule', '/b', to(`${MI}/`)],
    ['a refusal of a plain request', '/a', to(null, 400)],
    ['a server error', '/a', to(null, 502)],
  ])('%s', (_, target, actual) => {
    expect(verdict(target, actual).kind).toBe('differs');
  });

  test('whatever the request, where it does harm', () => {
    const why = (location: string): string => {
      const found = verdict('/%zz', to(location), { hostile: true });
      return found.kind === 'differs' ? found.why : found.kind;
    };
    expect(why('https://evil.example/')).toBe('its Location is on a host that no rule names');
    expect(why('//www.mi.com/')).toBe('its Location is not absolute');
    expect(why(`${MI}/\tx`)).toBe('its Location holds a control character');
  });
});

describe('an answer may be otherwise', () => {
  test('a server may refuse what was made to hurt, and no more than refuse it', () => {
    expect(verdict('/a/%00', to(null, 400), { hostile: true })).toEqual({ kind: 'refused' });
    expect(verdict('/a', to(null, 500), { hostile: true }).kind).toBe('differs');
  });

  test('a spelling that no server brings into canonical form, and a rule that is known to lose something', () => {
    expect(verdict('/%61\u00e9/../a', to(null, 404))).toEqual({ kind: 'spelling' });
    expect(verdict('/lossy', to(null, 404))).toEqual({ kind: 'lost', rule: 1 });
  });
});

describe('proofRequests', () => {
  const every = compileRules(EVERY_FEATURE, {}, EVERY_SITE);
  const requests = (seed: number, count: number) => [...proofRequests({ ruleset: every, seed, count })];

  test('gives the same requests for the same seed, and others for another', () => {
    expect(requests(7, 500)).toEqual(requests(7, 500));
    expect(requests(7, 500)).not.toEqual(requests(8, 500));
    expect(requests(7, 500)).toHaveLength(500);
  });

  test('asks every rule for its own answer first', () => {
    const answered = new Set(requests(1, 150).map((request) => engineAnswer(every, request, 0)?.rule));
    const usable = EVERY_FEATURE.flatMap(({ enabled, window }, index) =>
      enabled === false || window?.from !== undefined ? [] : [index],
    );
    expect(usable.filter((index) => !answered.has(index))).toEqual([]);
  });

  test('can ask where there is no rule at all', () => {
    const bare = compileRules([], {}, []);
    expect([...proofRequests({ ruleset: bare, seed: 1, count: 40 })]).toHaveLength(40);
  });
});
