import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { type Patch, patch } from './patch.ts';

/** As undici's own index assembles it, of which this is the part for plain requests. */
const PARTS = `
require('undici/lib/dispatcher/dispatcher').prototype.request = require('undici/lib/api/api-request');
exports.Agent = require('undici/lib/dispatcher/agent');
`;

/** Only a connection that speaks HTTP/2 needs node:http2, which takes 4 ms to load. */
const LAZY_HTTP2: Patch = [
  "const connectH2 = require('./client-h2.js')",
  "const connectH2 = (client, socket) => require('./client-h2.js')(client, socket)",
];

/**
 * Bundles of undici its Agent, with `request`, alone. Its index loads fetch, WebSocket, caches and mocks too: two
 * thirds of its size, and half the time of a short request. What else is wanted from it must be added above, or the
 * bundle has no such export.
 */
export const smallUndici: Plugin = {
  name: 'small-undici',
  setup(build) {
    build.initialOptions.define = {
      ...build.initialOptions.define,
      // undici's own switch, by which Node's build of it leaves out a second, experimental HTTP parser.
      esbuildDetection: '1',
    };
    build.onResolve({ filter: /^undici$/ }, ({ path }) => ({ path, namespace: 'small-undici' }));
    build.onLoad({ filter: /./, namespace: 'small-undici' }, () => ({
      contents: PARTS,
      resolveDir: import.meta.dirname,
    }));
    build.onLoad({ filter: /undici[\\/]lib[\\/]dispatcher[\\/]client\.js$/ }, async ({ path }) => ({
      contents: patch(await readFile(path, 'utf8'), path, [LAZY_HTTP2]),
    }));
  },
};
