import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findProgram, serverPath } from '../../src/edge-proof/running-server.ts';
import { serverSetup } from '../../src/edge-proof/server-setup.ts';
import { PROVEN_EDGES, type ProvenEdge } from '../../src/redirects/edges/edge.ts';
import { temporaryFolder } from '../cli/support/in-process.ts';
import { storectl } from './support/installed.ts';

/** Proofs by the built program: it starts servers, and finds what it starts beside itself or on the path. */
const CSV = `from,to,status
/uk/a,https://www.mi.com/a,
/uk/p/:id,https://www.mi.com/p/:id.html,308
/uk/old/*,https://www.mi.com/new/:splat,302
`;

const cwd = process.cwd();
const path = process.env['PATH'] ?? '';

const programs = new Map(
  await Promise.all(
    PROVEN_EDGES.map(async (edge) => {
      const setup = serverSetup(edge, [], { folder: '/', port: 1, cwd });
      return [edge, await findProgram(setup.programs, serverPath(path, cwd))] as const;
    }),
  ),
);

/** Administrators' folders are looked into whatever the path is. */
const usual = await findProgram(['caddy'], serverPath('/nowhere', '/'));

const proof = (edge: ProvenEdge, ...more: readonly string[]): readonly string[] => [
  ...['redirects', 'prove', 'rules.csv', '--edge', edge, '--url', 'https://po.co/uk/', '--requests', '120'],
  ...more,
];

function rulesFolder(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'rules.csv'), CSV);
  return folder;
}

/** Cloudflare's runtime takes seconds to start, and its proof through the sources is the same. */
describe.each(['nginx', 'caddy', 'haproxy', 'apache', 'netlify'] as const)('%s', (edge) => {
  const missing = programs.get(edge) === undefined;

  test.skipIf(missing)(
    `is proven by the built program${missing ? ' (skipped: it is not installed)' : ''}`,
    async () => {
      const { exit, stdout, stderr } = await storectl(proof(edge), { cwd: rulesFolder() });
      expect(stdout).toMatch(new RegExp(`^Proven: ${edge} answers 120 requests like the engine\\.\n`));
      expect([exit, stderr]).toEqual([0, '']);
    },
  );
});

describe('a proof by the built program', () => {
  const nginx = programs.get('nginx');

  test.skipIf(nginx === undefined)(
    `fails where the server has lost a rule${nginx === undefined ? ' (skipped: nginx is not installed)' : ''}`,
    async () => {
      const folder = rulesFolder();
      const bin = join(folder, 'bin');
      mkdirSync(bin);
      // The real server, with a configuration in which one target is another.
      const script = `#!/bin/sh\nsed -i 's,www.mi.com/a",www.mi.com/b",' "$2/storectl-maps.conf"\nexec ${nginx} "$@"\n`;
      writeFileSync(join(bin, 'nginx'), script);
      chmodSync(join(bin, 'nginx'), 0o755);
      const { exit, stdout, stderr } = await storectl(proof('nginx', '--json'), {
        cwd: folder,
        env: { PATH: `${bin}:${path}` },
      });
      expect([exit, stderr]).toEqual([3, '']);
      const { data } = JSON.parse(stdout);
      expect(data.differences).toContainEqual({
        scheme: 'https',
        host: 'po.co',
        target: '/uk/a',
        why: 'the engine answers otherwise',
        rule: 1,
        expected: { status: 301, location: 'https://www.mi.com/a' },
        actual: { status: 301, location: 'https://www.mi.com/b' },
      });
      expect(new Set(data.differences.map(({ rule }: { readonly rule: number }) => rule))).toEqual(new Set([1]));
    },
  );

  test('says what to install where the server is nowhere', async () => {
    const { exit, stdout, stderr } = await storectl(proof('cloudflare'), {
      cwd: rulesFolder(),
      env: { PATH: '/nowhere' },
    });
    expect(stderr).toContain('cloudflare is not installed here, so nothing can be proven on it.');
    expect(stderr).toContain('Install it (npm install wrangler), or prove on another edge.');
    expect([exit, stdout]).toEqual([2, '']);
  });

  test.skipIf(usual !== undefined)(
    `names the package of a server that is not on the path${usual === undefined ? '' : ` (skipped: ${usual} is always looked for)`}`,
    async () => {
      const { exit, stdout, stderr } = await storectl(proof('caddy', '--json'), {
        cwd: rulesFolder(),
        env: { PATH: '/nowhere' },
      });
      expect(JSON.parse(stdout)).toMatchObject({
        error: {
          code: 'edge-missing',
          remedy: 'Install it (on Debian: apt-get install caddy), or prove on another edge.',
        },
      });
      expect([exit, stderr]).toEqual([2, '']);
    },
  );
});
