import type { CompiledRuleset } from '../redirects/compiled.ts';
import { concreteHost, witnessesOf } from '../redirects/lint/witness.ts';
import type { OwnRequests } from './own-requests.ts';
import { type ProofRequest, requestOf } from './proof-request.ts';
import { type Random, randomFrom } from './random.ts';
import { SERVER_SECRET } from './server-secret.ts';

export interface ProofPlan {
  readonly ruleset: CompiledRuleset;
  /** The rules' own URLs; the mutations begin with them. */
  readonly own: OwnRequests;
  /** Of the mutations; the rules' own URLs are always the same. */
  readonly seed: number;
  /** How many requests in all; the rules' own URLs come first. */
  readonly count: number;
}

/** The rest is for hostile requests and mutations, which find what a rule's own URL does not. */
const OWN_SHARE = 0.7;
/** Too few to be shared out. */
const FEW = 10;

/** How many of so many requests may be rules' own URLs. */
export function mostOwn(count: number): number {
  return count < FEW ? count : Math.floor(count * OWN_SHARE);
}

/** URLs of rules, then seeded mutations of them, in the order in which they are sent. */
export function* proofRequests({ ruleset, own, seed, count }: ProofPlan): Generator<ProofRequest> {
  const random = randomFrom(seed);
  let sent = 0;
  for (const request of own.requests) {
    if (sent++ >= count) return;
    yield request;
  }
  const starts = own.requests.length === 0 ? [unnamed(ruleset)] : own.requests;
  const { variable } = own;
  for (const hostile of HOSTILE_TARGETS) {
    if (sent++ >= count) return;
    yield { ...random.pick(starts), target: hostile, hostile: true };
  }
  while (sent++ < count) {
    const start = random.pick(variable.length > 0 && random.chance(0.5) ? variable : starts);
    let request = random.chance(0.1) ? unnamed(ruleset) : variant(ruleset, own.rules, random, start);
    for (let step = random.below(3); step >= 0; step--) request = random.pick(MUTATIONS)(request, random);
    yield request;
  }
}

function unnamed(ruleset: CompiledRuleset): ProofRequest {
  const site = ruleset.sites[0];
  const host = site === undefined ? 'nobody.example' : concreteHost(site.hostKey);
  return { scheme: 'https', host, target: `${site?.basePath ?? ''}/no-rule-names-this`, hostile: false };
}

/** Another URL of a rule: its variable parts hold something else. */
function variant(
  ruleset: CompiledRuleset,
  rules: readonly number[],
  random: Random,
  start: ProofRequest,
): ProofRequest {
  if (rules.length === 0 || !random.chance(0.5)) return start;
  const values = Array.from({ length: 4 }, () => random.pick(VALUES));
  const urls = witnessesOf(ruleset, random.pick(rules), values);
  return urls.length === 0 ? start : requestOf(random.pick(urls));
}

const VALUES = ['x', 'a.b', 'Ä', '%C3%A4', '7', 'a%2Fb', 'a&b=c', '-', '~', "it's", '$1', ':id', 'a+b', '...'].map(
  (value) => encodeURI(value).replaceAll('%25', '%'),
);

const HOSTILE_TARGETS: readonly string[] = [
  '//evil.example/',
  '//evil.example/%2e%2e',
  '/\\evil.example/',
  '/%0d%0aSet-Cookie:%20a=b',
  '/%0D%0ALocation:%20https://evil.example/',
  '/%00',
  '/%C0%AE%C0%AE/%C0%AFetc/passwd',
  '/%ED%A0%80',
  '/a%0a%09b',
  'http://evil.example/',
  'http://evil.example/%0d%0aX-Evil:1',
  '*',
  '/%zz',
  '/%',
  '/%E0%A4%A',
  '/../../../etc/passwd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/..;/',
  '/<script>"\'',
  '/|^`{}',
  '/\u00e4',
  '/?%0d%0aSet-Cookie:a=b',
  '/?a[]=1&b={}|"',
  '/?https://evil.example/',
  `/${'a'.repeat(6000)}`,
  `/${'b'.repeat(9000)}`,
  `/?${'c=%20&'.repeat(3000)}`,
  `/${'%2F'.repeat(2000)}`,
  `/?${'a&'.repeat(3000)}`,
  `/${'a/'.repeat(2000)}`,
];

/** What one server or another fills in where it stands in its own configuration; of a visitor it is text. */
const FILLED_IN: readonly string[] = [
  `{env.${SERVER_SECRET.name}}`,
  `$\{${SERVER_SECRET.name}}`,
  `%{ENV:${SERVER_SECRET.name}}`,
  `%[env(${SERVER_SECRET.name})]`,
  '{http.request.host}',
  '%{HTTP_HOST}',
  '$uri',
  '$1',
  '%1',
  '\\1',
  ':splat',
];

type Mutation = (request: ProofRequest, random: Random) => ProofRequest;

const split = (target: string): readonly [string, string | undefined] => {
  const mark = target.indexOf('?');
  return mark < 0 ? [target, undefined] : [target.slice(0, mark), target.slice(mark + 1)];
};

const onPath =
  (change: (path: string, random: Random) => string): Mutation =>
  (request, random) => {
    const [path, query] = split(request.target);
    const changed = change(path, random);
    return { ...request, target: query === undefined ? changed : `${changed}?${query}` };
  };

const onQuery =
  (change: (query: string, random: Random) => string): Mutation =>
  (request, random) => {
    const [path, query] = split(request.target);
    const changed = change(query ?? '', random);
    return { ...request, target: changed === '' ? path : `${path}?${changed}` };
  };

const onHost =
  (change: (host: string, random: Random) => string): Mutation =>
  (request, random) => ({ ...request, host: change(request.host, random) });

const hostile =
  (mutation: Mutation): Mutation =>
  (request, random) => ({ ...mutation(request, random), hostile: true });

/** Puts something in at a random place of a kind. */
const insertAt = (text: string, at: number, insert: string): string => text.slice(0, at) + insert + text.slice(at);
const slashes = (path: string): number[] => [...path].flatMap((one, index) => (one === '/' ? [index] : []));
const letters = (text: string): number[] =>
  [...text.matchAll(/%[0-9A-Fa-f]{2}|([A-Za-z0-9])/g)].flatMap((found) =>
    found[1] === undefined ? [] : [found.index],
  );

const flip = (text: string): string => (text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase());
const replaceAt = (text: string, at: number, change: (one: string) => string): string =>
  text.slice(0, at) + change(text.charAt(at)) + text.slice(at + 1);
const needless = (one: string): string => `%${one.charCodeAt(0).toString(16).toUpperCase()}`;

const MUTATIONS: readonly Mutation[] = [
  (request) => request,
  (request) => ({ ...request, scheme: request.scheme === 'http' ? 'https' : 'http' }),
  onPath((path) => (path.endsWith('/') && path.length > 1 ? path.slice(0, -1) : `${path}/`)),
  onPath((path, random) => insertAt(path, random.pick(slashes(path)), '/')),
  onPath((path, random) => (letters(path).length === 0 ? path : replaceAt(path, random.pick(letters(path)), flip))),
  onPath((path) => path.replace(/%[0-9A-F]{2}|[^%]/g, (one) => (one.length > 1 ? one : one.toUpperCase()))),
  onPath((path, random) => (letters(path).length === 0 ? path : replaceAt(path, random.pick(letters(path)), needless))),
  onPath((path) => path.replace(/%[0-9A-F]{2}/g, (one) => one.toLowerCase())),
  onPath((path, random) => insertAt(path, random.pick(slashes(path)), '/.')),
  onPath((path, random) => insertAt(path, random.pick(slashes(path)), '/gone/..')),
  hostile(onPath((path, random) => insertAt(path, random.pick(slashes(path)), '/%2e%2E'))),
  onPath((path, random) => `${path.replace(/\/$/, '')}/${random.pick(VALUES)}`),
  onPath((path, random) => `${path}${random.pick(['x', '-', '.html', ';s=1', '%20', ':8', '@', '$&'])}`),
  onPath((path) => path.slice(0, Math.max(1, path.lastIndexOf('/')))),
  hostile(
    onPath((path, random) => path + random.pick(['%0d%0aX-Evil:1', '%2F..%2F', '\\x', '%', '%00', '\u00e9', '%u0041'])),
  ),
  hostile(onPath((path) => `${path}/${'long/'.repeat(1200)}`)),
  onQuery((query, random) =>
    joined(query, random.pick(['utm=1', 'q=a+b', 'q=%20', 'a', 'a=', 'x=%C3%A4', 'url=https://x/?y', 'id=1'])),
  ),
  onQuery((query) => query.split('&').toReversed().join('&')),
  onQuery((query) => joined(query, query)),
  onQuery((query, random) => joined(random.pick(['z=0', 'ID=1', 'i=d']), query)),
  onQuery((query) => query.slice(0, query.lastIndexOf('&') + 1).replace(/&$/, '')),
  onQuery((query) => query.replaceAll('%20', '+')),
  onQuery((query) => query.replace(/%[0-9A-F]{2}/g, (one) => one.toLowerCase())),
  onQuery((query, random) =>
    letters(query).length === 0 ? query : replaceAt(query, random.pick(letters(query)), needless),
  ),
  onQuery((query) => query.replaceAll('&', '&x&').replace(/=(?=&|$)/g, '')),
  onQuery((query) => `&${query.replaceAll('&', '&&')}&`),
  hostile(
    onQuery((query, random) => joined(query, random.pick(['%0d%0aa=b', '"<>', '&&&', '?', 'long='.padEnd(5000, 'y')]))),
  ),
  hostile(onQuery((query, random) => joined(query, `x=${random.pick(FILLED_IN)}`))),
  hostile(onQuery((query, random) => query.replace(/=[^&]*/, `=${random.pick(FILLED_IN)}`))),
  hostile(onPath((path, random) => `${path}${random.pick(FILLED_IN)}`)),
  onHost((host) => host.toUpperCase()),
  onHost((host) => host.replace(/^([^:]+?)\.?(?=:|$)/, '$1.')),
  onHost((host, random) => `${host.replace(/:\d+$/, '')}:${random.pick(['80', '443', '8443', '81'])}`),
  onHost((host, random) => random.pick(['www.', 'x', 'a.b.']) + host),
  onHost((host) => `${host.replace(/:\d+$/, '')}.evil.example`),
];

const joined = (query: string, more: string): string =>
  query === '' ? more : more === '' ? query : `${query}&${more}`;
