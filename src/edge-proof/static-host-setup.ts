import { findPackageJSON } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ExportedFile } from '../redirects/edges/edge.ts';
import type { ServerSetup, SetupPlace } from './setup.ts';

/** Netlify's own matcher (compiled from the one its edge runs), behind a plain HTTP server. */
export function netlifySetup(exported: readonly ExportedFile[], { folder, port, cwd }: SetupPlace): ServerSetup {
  const found = [pathToFileURL(join(cwd, 'package.json')).href, import.meta.url].map(packageFolder);
  const from = found.find((one) => one !== undefined);
  return {
    programs: from === undefined ? [] : [process.execPath],
    install: `npm install ${NETLIFY_PACKAGE}`,
    args: ['--no-warnings', '--input-type=module', '--eval', NETLIFY_SERVER, '--', folder, String(port)],
    files: exported,
    // What the script imports is found from where it runs.
    ...(from === undefined ? {} : { cwd: from }),
  };
}

const NETLIFY_PACKAGE = '@netlify/redirects';

/** Tokens are asked for and not used: rules here depend on no visitor. */
const NETLIFY_SERVER = `
import { createServer } from 'node:http';
import { RedirectsHandler } from '${NETLIFY_PACKAGE}';
const [folder, port] = process.argv.slice(1);
const handler = new RedirectsHandler({ projectDir: folder, publicDir: folder, jwtSecret: 'none', jwtRoleClaim: 'none' });
async function answer(asked) {
  const { host, 'x-forwarded-proto': scheme } = asked.headers;
  const request = new Request(scheme + '://' + host + asked.url);
  const match = await handler.match(request);
  return match === undefined ? undefined : handler.handle(request, match, async () => undefined);
}
createServer((asked, response) => {
  answer(asked).then(
    (found) => {
      const location = found?.headers.get('location');
      response.writeHead(found?.status ?? 404, location ? { location } : {}).end();
    },
    () => response.writeHead(400).end(),
  );
}).listen(Number(port), '127.0.0.1');
`;

/** The folder from which the package is found; undefined where it is not. */
function packageFolder(base: string): string | undefined {
  try {
    const found = findPackageJSON(NETLIFY_PACKAGE, base);
    return found === undefined ? undefined : join(found, '..');
  } catch {
    return undefined;
  }
}

/** Cloudflare's own runtime for static sites, as its command line brings it along. */
export function cloudflareSetup(exported: readonly ExportedFile[], { folder, port }: SetupPlace): ServerSetup {
  return {
    programs: ['wrangler'],
    install: 'npm install wrangler',
    args: [
      'dev',
      ...['--assets', join(folder, 'site')],
      ...['--ip', '127.0.0.1', '--port', String(port), '--inspector-port', '0'],
      ...['--compatibility-date', '2026-01-01'],
      ...['--log-level', 'error'],
    ],
    files: exported.map(({ name, text }) => ({ name: `site/${name}`, text })),
    startsOthers: true,
    // It asks nobody and tells nobody.
    env: {
      CI: '1',
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    },
  };
}
