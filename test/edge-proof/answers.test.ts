import { describe, expect, test } from 'vitest';
import { compareAnswers, engineAnswer, type ProofAnswer, type Verdict } from '../../src/edge-proof/answers.ts';
import { ownRequests } from '../../src/edge-proof/own-requests.ts';
import type { ProofRequest } from '../../src/edge-proof/proof-request.ts';
import { mostOwn, proofRequests } from '../../src/edge-proof/requests.ts';
import { SERVER_SECRET } from '../../src/edge-proof/server-secret.ts';
import type { CompiledRuleset } from '../../src/redirects/compiled.ts';
import type { RedirectRule } from '../../src/redirects/rule.ts';
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
    expect(why(`${MI}/?x=${SERVER_SECRET.value}`)).toBe('its Location holds a variable of the server’s environment');
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
  const requestsFor = (of: CompiledRuleset, seed: number, count: number) => [
    ...proofRequests({ ruleset: of, own: ownRequests(of, mostOwn(count)), seed, count }),
  ];
  const requests = (seed: number, count: number) => requestsFor(every, seed, count);

  test('gives the same requests for the same seed, and others for another', () => {
    expect(requests(7, 500)).toEqual(requests(7, 500));
    expect(requests(7, 500)).not.toEqual(requests(8, 500));
    expect(requests(7, 500)).toHaveLength(500);
  });

  test('asks every rule for its own answer first', () => {
    const answered = new Set(requests(1, 220).map((request) => engineAnswer(every, request, 0)?.rule));
    const usable = EVERY_FEATURE.flatMap(({ enabled, window }, index) =>
      enabled === false || window?.from !== undefined ? [] : [index],
    );
    expect(usable.filter((index) => !answered.has(index))).toEqual([]);
  });

  test('can ask where there is no rule at all', () => {
    const bare = compileRules([], {}, []);
    expect(requestsFor(bare, 1, 40)).toHaveLength(40);
  });

  const many = (count: number, rule: (at: number) => RedirectRule): readonly RedirectRule[] =>
    Array.from({ length: count }, (_, at) => rule(at));

  test('of many rules, those with variable parts are asked for first, and a part is left for mutations', () => {
    const large = compileRules([
      ...many(900, (at) => ({ from: `/e/${at}`, to: `${MI}/${at}` })),
      ...many(20, (at) => ({ from: `/p/${at}/:id`, to: `${MI}/p/:id` })),
      ...many(20, (at) => ({ from: `/f/${at}`, to: MI, match: 'prefix' })),
      ...many(20, (at) => ({ from: `/r/${at}/(\\d+)`, to: `${MI}/:1`, match: 'regex' })),
    ]);
    const own = ownRequests(large, mostOwn(200));
    expect(own.asked).toEqual([
      { kind: 'regex', asked: 20, of: 20 },
      { kind: 'pattern', asked: 20, of: 20 },
      { kind: 'prefix', asked: 20, of: 20 },
      { kind: 'exact', asked: 80, of: 900 },
    ]);
    expect(own.requests).toHaveLength(140);
    const exact = own.requests.map(({ target }) => Number(/^\/e\/(\d+)$/.exec(target)?.[1] ?? -1));
    // From the whole of the rules, not from their beginning alone.
    expect(Math.max(...exact)).toBeGreaterThan(850);
    const asked = requestsFor(large, 1, 200);
    expect(asked.slice(0, 140)).toEqual(own.requests);
    expect(asked.some(({ hostile }) => hostile)).toBe(true);
  });

  test('many rules of every kind each have their share', () => {
    const large = compileRules([
      ...many(500, (at) => ({ from: `/e/${at}`, to: `${MI}/${at}` })),
      ...many(500, (at) => ({ from: `/p/${at}/:id`, to: `${MI}/p/:id` })),
      ...many(500, (at) => ({ from: `/f/${at}`, to: MI, match: 'prefix' })),
      ...many(3, (at) => ({ from: `/r/${at}/(\\d+)`, to: `${MI}/:1`, match: 'regex' })),
    ]);
    const { asked, requests: own } = ownRequests(large, 100);
    expect(own).toHaveLength(100);
    expect(Object.fromEntries(asked.map((one) => [one.kind, one.asked]))).toEqual({
      regex: 3,
      pattern: 36,
      prefix: 36,
      exact: 25,
    });
  });

  test('rules that are switched off are asked for last, and are none that a proof is of', () => {
    const some = compileRules([
      { from: '/off', to: `${MI}/off`, enabled: false },
      { from: '/on', to: `${MI}/on` },
    ]);
    const { requests: own, asked } = ownRequests(some, 10);
    expect(own.map(({ target }) => target)).toEqual(['/on', '/off']);
    expect(asked).toEqual([{ kind: 'exact', asked: 1, of: 1 }]);
  });

  test('what a variable part holds may begin with a slash', () => {
    const folder = compileRules([{ from: '/old/(.*)', to: `${MI}/new/:1`, match: 'regex' }]);
    const targets = ownRequests(folder, 10).requests.map(({ target }) => target);
    expect(targets.some((target) => /^\/old\/\//.test(target))).toBe(true);
  });
});
