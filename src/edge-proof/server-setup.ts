import type { ExportedFile, ProvenEdge } from '../redirects/edges/edge.ts';
import type { ServerSetup, SetupPlace } from './setup.ts';
import { cloudflareSetup, netlifySetup } from './static-host-setup.ts';

/** @param exported what the exporter wrote; the rest of the configuration is what a proof needs and no more */
export function serverSetup(edge: ProvenEdge, exported: readonly ExportedFile[], place: SetupPlace): ServerSetup {
  switch (edge) {
    case 'nginx':
      return nginxSetup(exported, place);
    case 'caddy':
      return caddySetup(exported, place);
    case 'haproxy':
      return haproxySetup(exported, place);
    case 'apache':
      return apacheSetup(exported, place);
    case 'netlify':
      return netlifySetup(exported, place);
    case 'cloudflare':
      return cloudflareSetup(exported, place);
  }
}

function nginxSetup(exported: readonly ExportedFile[], { folder, port }: SetupPlace): ServerSetup {
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `  ${name}_temp_path ${folder}/${name};`,
  );
  const text = [
    'daemon off;',
    'master_process off;',
    `pid ${folder}/nginx.pid;`,
    `error_log ${folder}/error.log warn;`,
    'events { worker_connections 512; }',
    'http {',
    '  access_log off;',
    ...temp,
    `  include ${folder}/storectl-maps.conf;`,
    '  server {',
    `    listen 127.0.0.1:${port} default_server;`,
    `    include ${folder}/storectl-redirects.conf;`,
    '    location / { return 404; }',
    '  }',
    '}',
    '',
  ].join('\n');
  return {
    programs: ['nginx'],
    install: 'on Debian: apt-get install nginx',
    args: ['-p', folder, '-c', `${folder}/nginx.conf`, '-e', `${folder}/error.log`],
    files: [...exported, { name: 'nginx.conf', text }],
  };
}

function caddySetup(exported: readonly ExportedFile[], { folder, port }: SetupPlace): ServerSetup {
  const text = [
    '{',
    '\tadmin off',
    '\tauto_https off',
    '\tlog {',
    '\t\tlevel ERROR',
    '\t}',
    '}',
    `http://:${port} {`,
    '\tbind 127.0.0.1',
    `\timport ${folder}/storectl-redirects.caddy`,
    '\trespond 404',
    '}',
    '',
  ].join('\n');
  return {
    programs: ['caddy'],
    install: 'on Debian: apt-get install caddy',
    args: ['run', '--config', `${folder}/Caddyfile`, '--adapter', 'caddyfile'],
    files: [...exported, { name: 'Caddyfile', text }],
  };
}

function haproxySetup(exported: readonly ExportedFile[], { port }: SetupPlace): ServerSetup {
  const rules = exported.find(({ name }) => name === 'storectl-redirects.cfg')?.text ?? '';
  const text = [
    'global',
    '  default-path config',
    '  expose-experimental-directives',
    '  maxconn 256',
    'defaults',
    '  mode http',
    '  timeout client 10s',
    '  timeout server 10s',
    '  timeout connect 10s',
    'frontend proof',
    `  bind 127.0.0.1:${port}`,
    ...rules
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `  ${line}`),
    '  http-request return status 404',
    '',
  ].join('\n');
  return {
    programs: ['haproxy'],
    install: 'on Debian: apt-get install haproxy',
    args: ['-db', '-f', 'haproxy.cfg'],
    files: [...exported, { name: 'haproxy.cfg', text }],
  };
}

/** Where distributions keep Apache's modules: Debian, Alpine, Fedora, macOS's Homebrew. */
const APACHE_MODULES = [
  '/usr/lib/apache2/modules',
  '/usr/lib/apache2',
  '/usr/lib64/httpd/modules',
  '/opt/homebrew/lib/httpd/modules',
];

function apacheSetup(exported: readonly ExportedFile[], { folder, port }: SetupPlace): ServerSetup {
  const modules = APACHE_MODULES.flatMap((place) => [
    `<IfFile ${place}/mod_rewrite.so>`,
    ...['mpm_event', 'authz_core', 'rewrite'].flatMap((name) => [
      `  <IfModule !${name}_module>`,
      `    LoadModule ${name}_module ${place}/mod_${name}.so`,
      '  </IfModule>',
    ]),
    '</IfFile>',
  ]);
  const text = [
    `ServerRoot ${folder}`,
    `PidFile ${folder}/apache.pid`,
    `DefaultRuntimeDir ${folder}`,
    `ErrorLog ${folder}/error.log`,
    'LogLevel warn',
    `Listen 127.0.0.1:${port}`,
    'ServerName proof.invalid',
    ...modules,
    `DocumentRoot ${folder}`,
    `Include ${folder}/storectl-redirects.conf`,
    'RewriteRule ^ - [R=404,L]',
    '',
  ].join('\n');
  return {
    programs: ['apache2', 'httpd'],
    install: 'on Debian: apt-get install apache2',
    args: ['-X', '-f', `${folder}/apache.conf`],
    files: [...exported, { name: 'apache.conf', text }],
  };
}
