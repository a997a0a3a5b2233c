import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findProgram, serverPath } from '../../src/edge-proof/running-server.ts';
import type { EdgeExport, ServerEdge } from '../../src/redirects/edges/edge.ts';
import { exportRules } from '../../src/redirects/edges/export.ts';
import { temporaryFolder } from '../cli/support/in-process.ts';
import { compileRules } from '../redirects/compile-rules.ts';
import { EVERY_FEATURE, EVERY_SITE } from '../redirects/edges/every-feature.ts';

const path = serverPath(process.env['PATH'] ?? '', process.cwd());

const exported = (edge: ServerEdge): EdgeExport =>
  exportRules(edge, { ruleset: compileRules(EVERY_FEATURE, {}, EVERY_SITE), at: 10 });

/** What the notes want written: it stands in quotes there. */
const wanted = ({ notes }: EdgeExport): readonly string[] =>
  notes.flatMap((note) => [...note.matchAll(/"([^"]+)"/g)].map(([, text = '']) => text));

function written(edge: EdgeExport): string {
  const folder = temporaryFolder();
  for (const { name, text } of edge.files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** The server's own check of a configuration that two sites of a person have, who did what the notes say. */
async function checked(
  program: string,
  folder: string,
  name: string,
  text: string,
  args: readonly string[],
): Promise<void> {
  const file = join(folder, name);
  writeFileSync(file, text);
  const found = await findProgram([program], path);
  const { status, stdout, stderr } = spawnSync(found ?? program, [...args, file], { cwd: folder, encoding: 'utf8' });
  expect(status, `${stdout}${stderr}`).toBe(0);
}

const installed = new Set<string>();
for (const program of ['nginx', 'caddy', 'haproxy', 'apache2'])
  if ((await findProgram([program], path)) !== undefined) installed.add(program);

describe('the notes of an export can be followed', () => {
  test.runIf(installed.has('nginx'))('nginx', async () => {
    const made = exported('nginx');
    const folder = written(made);
    const server = (host: string): string =>
      [
        'server {',
        'listen 127.0.0.1:1;',
        `server_name ${host};`,
        `include ${folder}/storectl-redirects.conf;`,
        ...wanted(made).map((directive) => `${directive};`),
        '}',
      ].join('\n');
    const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder};`);
    const http = [`include ${folder}/storectl-maps.conf;`, 'access_log off;', ...temp, server('_'), server('po.co')];
    const text = `pid ${folder}/pid; error_log ${folder}/error.log; events {} http { ${http.join('\n')} }`;
    await checked('nginx', folder, 'nginx.conf', text, ['-t', '-c']);
  });

  test.runIf(installed.has('caddy'))('Caddy', async () => {
    const made = exported('caddy');
    const folder = written(made);
    expect(wanted(made)).toEqual([]);
    const site = (host: string): string =>
      `http://${host}:1 {\n\timport ${folder}/storectl-redirects.caddy\n\tfile_server\n}\n`;
    const text = `{\n\tadmin off\n}\n${site('po.co')}${site('www.po.co')}`;
    await checked('caddy', folder, 'Caddyfile', text, ['validate', '--adapter', 'caddyfile', '--config']);
  });

  test.runIf(installed.has('haproxy'))('HAProxy', async () => {
    const made = exported('haproxy');
    const folder = written(made);
    const rules = readFileSync(join(folder, 'storectl-redirects.cfg'), 'utf8');
    const [mode = '', ...ofGlobal] = wanted(made);
    const text = ['global', ...ofGlobal, 'frontend sites', mode, 'timeout client 10s', 'bind 127.0.0.1:1', rules];
    await checked('haproxy', folder, 'haproxy.cfg', `${text.join('\n')}\n`, ['-c', '-f']);
  });

  test.runIf(installed.has('apache2'))('Apache', async () => {
    const made = exported('apache');
    const folder = written(made);
    expect(wanted(made)).toEqual([]);
    const modules = '/usr/lib/apache2/modules';
    const host = (name: string): string =>
      `<VirtualHost *:1>\nServerName ${name}\nInclude ${folder}/storectl-redirects.conf\n</VirtualHost>`;
    const text = [
      `ServerRoot ${folder}`,
      `DefaultRuntimeDir ${folder}`,
      `ErrorLog ${folder}/error.log`,
      'ServerName notes.invalid',
      'Listen 127.0.0.1:1',
      ...['mpm_event', 'authz_core', 'rewrite'].map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`),
      host('po.co'),
      host('www.po.co'),
      '',
    ].join('\n');
    await checked('apache2', folder, 'apache.conf', text, ['-t', '-f']);
  });
});
