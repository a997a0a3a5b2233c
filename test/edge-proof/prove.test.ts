import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Proof, prove } from '../../src/edge-proof/prove.ts';
import { findProgram, serverPath, startServer } from '../../src/edge-proof/running-server.ts';
import { serverSetup } from '../../src/edge-proof/server-setup.ts';
import { PROVEN_EDGES, SERVER_EDGES, type ServerEdge } from '../../src/redirects/edges/edge.ts';
import { exportRules } from '../../src/redirects/edges/export.ts';
import type { RedirectRule, RulesetOptions } from '../../src/redirects/rule.ts';
import { temporaryFolder } from '../cli/support/in-process.ts';
import { compileRules } from '../redirects/compile-rules.ts';
import { CASE_TWIN, EVERY_FEATURE, EVERY_SITE } from '../redirects/edges/every-feature.ts';

const cwd = process.cwd();
const path = serverPath(process.env['PATH'] ?? '', cwd);

const installed = new Map(
  await Promise.all(
    PROVEN_EDGES.map(async (edge) => {
      const { programs } = serverSetup(edge, [], { folder: '/', port: 1, cwd });
      return [edge, (await findProgram(programs, path)) !== undefined] as const;
    }),
  ),
);

const MI = 'https://www.mi.com';

const WORLDS: readonly (readonly [string, Partial<RulesetOptions>])[] = [
  ['with everything kept', { fallback: { to: 'https://www.mi.com/global/', status: 302 } }],
  [
    'strict, without case, without query',
    { query: 'drop', trailingSlash: 'strict', case: 'ignore', fallback: { status: 410 } },
  ],
  ['with a part of the query', { query: { significant: ['id', 'lang', 'name', 'x'] } }],
];

const told = ({ differences }: Proof): readonly string[] =>
  differences.map(
    ({ request, expected, actual }) =>
      `${request.scheme}://${request.host}${request.target.slice(0, 200)}: ${JSON.stringify(expected)} / ${JSON.stringify(actual)}`,
  );

/** Queries that are asked for in every way: several shapes for a path, schemes beside none, hosts beside wildcards. */
const ASKING: readonly RedirectRule[] = [
  ...['id=1', 'id=2&lang=de', 'page=1', 'id=3', 'name=a+b', 'name=%C3%84', 'id'].map((query) => ({
    from: `/uk/shapes?${query}`,
    to: `${MI}/shapes/${query.replace(/[^a-z0-9]/g, '-')}`,
  })),
  { from: '/uk/shapes', to: `${MI}/shapes` },
  { from: '/uk/twice?id=1&id=2', to: `${MI}/twice` },
  { from: '/uk/ranks?a=1', to: `${MI}/ranks/a1`, priority: 1 },
  { from: '/uk/ranks?b=1', to: `${MI}/ranks/b1`, priority: 2 },
  { from: '/uk/ranks?a=2', to: `${MI}/ranks/a2`, priority: 3 },
  { from: 'http://po.co/uk/schemes?a=1', to: `${MI}/schemes/http/a1` },
  { from: 'http://po.co/uk/schemes', to: `${MI}/schemes/http` },
  { from: '/uk/schemes?a=2', to: `${MI}/schemes/a2` },
  { from: 'https://po.co/uk/schemes?a=2&b=3', to: `${MI}/schemes/https/a2b3` },
  { from: 'po.co/uk/hosts', to: `${MI}/hosts/po` },
  { from: '/uk/hosts?a=1', to: `${MI}/hosts/a1` },
  { from: '*.po.co/uk/wide?a=1', to: `${MI}/wide/a1` },
  { from: 'www.po.co/uk/wide', to: `${MI}/wide/www` },
  { from: 'http://www.po.co/uk/wide?b=1', to: `${MI}/wide/http-b1` },
];

describe.each(SERVER_EDGES)('%s', (edge: ServerEdge) => {
  const missing = installed.get(edge) !== true;

  test.skipIf(missing).for(WORLDS)(
    `answers like the engine, %s${missing ? ' (skipped: it is not installed)' : ''}`,
    { timeout: 60_000 },
    async ([, options]) => {
      const rules = options.case === 'ignore' ? EVERY_FEATURE : [...EVERY_FEATURE, CASE_TWIN];
      const ruleset = compileRules(rules, options, EVERY_SITE);
      expect(ruleset.problems).toEqual([]);
      const proof = await prove({ edge, ruleset, at: 10, seed: 20_241_231, requests: 1200, path, cwd });
      expect(told(proof)).toEqual([]);
      expect(proof.requests).toBe(1200);
      expect(proof.agreed).toBeGreaterThan(900);
    },
  );
});

describe.each(SERVER_EDGES)('%s, asked by query', (edge: ServerEdge) => {
  const missing = installed.get(edge) !== true;

  test.skipIf(missing).for(['sensitive', 'ignore'] as const)(
    `answers like the engine, case %s${missing ? ' (skipped: it is not installed)' : ''}`,
    { timeout: 60_000 },
    async (letterCase) => {
      const sites = ['https://po.co/uk/', 'https://www.po.co/uk/', 'https://*.po.co/uk/'];
      const ruleset = compileRules(ASKING, { case: letterCase }, sites);
      expect(ruleset.problems).toEqual([]);
      const proof = await prove({ edge, ruleset, at: 0, seed: 20_241_231, requests: 1500, path, cwd });
      expect(told(proof)).toEqual([]);
      expect([proof.losses, proof.lost]).toEqual([[], 0]);
      expect(proof.agreed).toBeGreaterThan(1200);
    },
  );
});

/** Values that may begin with slashes, and targets whose own path is not in its plainest form. */
const SLASHES: readonly RedirectRule[] = [
  { from: '/old/(.*)', to: `${MI}/new/:1`, match: 'regex' },
  { from: '/some/(.+)', to: `${MI}/new/:1`, match: 'regex' },
  { from: '/(?P<n>.*)/re', to: `${MI}/:n`, match: 'regex' },
  { from: '/seg/([^/]+)/(\\d+)', to: `${MI}/seg/:2/:1`, match: 'regex' },
  { from: '/up/*', to: '/../..//:splat' },
  { from: '/dots/:a/b', to: `${MI}/d/./../:a/x` },
];

describe.each(SERVER_EDGES)('%s, asked with slashes', (edge: ServerEdge) => {
  const missing = installed.get(edge) !== true;

  test.skipIf(missing)(
    `answers like the engine${missing ? ' (skipped: it is not installed)' : ''}`,
    {
      timeout: 60_000,
    },
    async () => {
      const ruleset = compileRules(SLASHES);
      expect(ruleset.problems).toEqual([]);
      const proof = await prove({ edge, ruleset, at: 0, seed: 20_241_231, requests: 600, path, cwd });
      expect(told(proof)).toEqual([]);
      expect([proof.losses, proof.lost]).toEqual([[], 0]);
    },
  );
});

/** So many that servers without a hash go down several branches; keys that begin, and end, like others. */
const MANY: readonly RedirectRule[] = [
  ...Array.from({ length: 800 }, (_, index) => {
    const path = `/uk/${['Phones', 'phone', 'caf%C3%A9', 'a.b+c', 'x', 'x%5By%5D'][index % 6]}/${index % 90}/${index}`;
    return { from: path, to: `${MI}${path.toLowerCase()}` };
  }),
  ...Array.from({ length: 400 }, (_, index) => ({
    from: `/uk/find?id=${['a', 'A', '%C3%84', ''][index % 4]}${index >> 2}`,
    to: `${MI}/find/${index}`,
  })),
  ...Array.from({ length: 40 }, (_, index) => ({ from: `/uk/${'o'.repeat(index)}`, to: `${MI}/o/${index}` })),
];

describe.each(SERVER_EDGES)('%s, asked among many', (edge: ServerEdge) => {
  const missing = installed.get(edge) !== true;

  test.skipIf(missing).for(['sensitive', 'ignore'] as const)(
    `answers like the engine, case %s${missing ? ' (skipped: it is not installed)' : ''}`,
    { timeout: 60_000 },
    async (letterCase) => {
      const ruleset = compileRules(MANY, { case: letterCase }, ['https://po.co/uk/']);
      expect(ruleset.problems).toEqual([]);
      const proof = await prove({ edge, ruleset, at: 0, seed: 20_241_231, requests: 2500, path, cwd });
      expect(told(proof)).toEqual([]);
      expect([proof.losses, proof.lost]).toEqual([[], 0]);
      expect(proof.agreed).toBeGreaterThan(2200);
    },
  );
});

describe.each(['netlify', 'cloudflare'] as const)('%s', (edge) => {
  const missing = installed.get(edge) !== true;
  const said = missing ? ' (skipped: it is not installed)' : '';
  const rules: readonly RedirectRule[] = [
    ...EVERY_FEATURE.filter(({ from }) => !/^(?:www\.)?po\.co[:/]/.test(from)),
    { from: '/uk/two/:id/:idx', to: `${MI}/two/:idx/:id` },
    { from: '/uk/low/:_x', to: `${MI}/low/:_x` },
    { from: '/uk/p/new/deep', to: `${MI}/deep`, match: 'prefix' },
    { from: '/uk/co:lon', to: `${MI}/colon` },
    { from: '/uk/plain', to: 'http://www.mi.com/plain' },
    { from: '/uk/all/*', to: `${MI}/all` },
    { from: '/uk//double', to: `${MI}/double` },
    { from: '/uk/slashes', to: `${MI}//slashes///` },
    { from: '/uk/slash-tree', to: `${MI}//tree`, match: 'prefix' },
    { from: '/uk//doubles/:id', to: `${MI}/doubles/:id` },
  ];

  test.skipIf(missing).for([
    ['one list for all hosts', rules],
    ['a rule for one host', [...rules, { from: 'www.po.co/uk/www', to: `${MI}/www` }]],
  ] as const)(`answers like the engine, %s${said}`, { timeout: 60_000 }, async ([, written]) => {
    const fallback = { to: `${MI}/global/`, status: 302 } as const;
    const ruleset = compileRules(written, { fallback }, ['https://po.co/uk/', 'https://www.po.co/uk/']);
    expect(ruleset.problems).toEqual([]);
    const proof = await prove({ edge, ruleset, at: 10, seed: 20_241_231, requests: 1200, path, cwd });
    expect(told(proof)).toEqual([]);
    expect(proof.agreed).toBeGreaterThan(1000);
    expect(proof.leftOut).toBeLessThan(25);
    expect(new Set(proof.losses.map(({ rule }) => rule)).size).toBe(proof.leftOut);
  });
});

describe('a proof', () => {
  test('leaves a host of static sites no lines that it would drop', async () => {
    const many = compileRules(
      Array.from({ length: 2001 }, (_, index) => ({ from: `/${index}`, to: MI })),
      {
        trailingSlash: 'strict',
      },
    );
    await expect(
      prove({ edge: 'cloudflare', ruleset: many, at: 0, seed: 1, requests: 1, path, cwd }),
    ).rejects.toMatchObject({ code: 'limit-exceeded', exit: 7 });
  });

  test('says how to get what answers for a host of static sites', async () => {
    const nowhere = { files: [], path: '/nowhere', cwd: '/' };
    await expect(startServer({ edge: 'cloudflare', ...nowhere })).rejects.toMatchObject({
      code: 'edge-missing',
      remedy: 'Install it (npm install wrangler), or prove on another edge.',
    });
  });

  const edge = SERVER_EDGES.find((one) => installed.get(one) === true);

  test('names the server that is missing, and its package', async () => {
    const { files } = exportRules('haproxy', { ruleset: compileRules([]), at: 0 });
    await expect(startServer({ edge: 'haproxy', files, path: '/nowhere', cwd })).rejects.toMatchObject({
      code: 'edge-missing',
      exit: 2,
      remedy: 'Install it (on Debian: apt-get install haproxy), or prove on another edge.',
    });
  });

  test.skipIf(installed.get('nginx') !== true)('quotes the server that refuses its configuration', async () => {
    const files = [
      { name: 'storectl-maps.conf', text: 'nonsense;' },
      { name: 'storectl-redirects.conf', text: '' },
    ];
    await expect(startServer({ edge: 'nginx', files, path, cwd })).rejects.toMatchObject({
      code: 'edge-refused',
      message: expect.stringContaining('unknown directive "nonsense"'),
    });
  });

  test('ends a server that does not come to listen', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'caddy'), '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
    const never = { files: [], path: `${folder}:${path}`, cwd, within: 60 };
    await expect(startServer({ edge: 'caddy', ...never })).rejects.toMatchObject({
      code: 'edge-slow',
      exit: 2,
      message: expect.stringContaining('nothing is proven'),
    });
  });

  test.skipIf(edge === undefined)('ends its server when it is asked to stop', async () => {
    const controller = new AbortController();
    const folder = temporaryFolder();
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const ruleset = compileRules(EVERY_FEATURE, {}, EVERY_SITE);
    const running = prove({
      edge: edge ?? 'nginx',
      ruleset,
      at: 0,
      seed: 1,
      requests: 100_000,
      path,
      cwd,
      signal: controller.signal,
      onProgress: (sent) => {
        if (sent === 50) {
          expect(readdirSync(folder)).toHaveLength(1);
          controller.abort();
        }
      },
    });
    await expect(running).rejects.toThrow(/abort/i);
    expect(readdirSync(folder)).toEqual([]);
  });
});
