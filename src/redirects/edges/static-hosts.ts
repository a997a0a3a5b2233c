import type { Limit } from './edge.ts';
import { oneByOneLimit } from './one-by-one.ts';

/** Hosts of static sites that read a `_redirects` file, each in its own way. */
export type Dialect = 'netlify' | 'cloudflare';

/** Cloudflare takes no more, and drops what is beyond without a word. */
const CLOUDFLARE = { static: 2000, dynamic: 100, line: 2000 } as const;

export const STATIC_HOST_NOTES: Readonly<Record<Dialect, readonly string[]>> = {
  netlify: [
    'A path with percent escapes that a pattern takes is filled in decoded: a%2Fb becomes a/b there.',
    'The visitor’s query is written anew, as a form writes it: %20 becomes +, and a name without a value gets its "=".',
    'Empty path segments count as none: /a//b is /a/b there.',
    'A file of the site outranks a line that is not forced.',
  ],
  cloudflare: [
    'The file answers on every host of the project.',
    'Percent escapes are compared as they are spelt: %c3 is not %C3 there.',
    'A visitor’s "$&", "$$" or ":name" is replaced where a pattern fills it in: Cloudflare does so by text.',
    'Empty path segments that a pattern takes are filled in with their slashes.',
    'Rules for functions and assets are looked at first where they are.',
  ],
};

/** Whether a path would be read as a pattern: Cloudflare finds `:name` and `*` anywhere, Netlify as whole segments. */
export function isDynamic(dialect: Dialect, path: string): boolean {
  return dialect === 'cloudflare' ? /\*|:[A-Za-z]/.test(path) : /\/:|\/\*(?:\/|$)/.test(path);
}

/** From the first dynamic line on, every line counts as dynamic. */
export function cloudflareLimits(lines: readonly { readonly from: string; readonly to: string }[]): readonly Limit[] {
  const first = lines.findIndex(({ from }) => isDynamic('cloudflare', from));
  const dynamic = first < 0 ? 0 : lines.length - first;
  const longest = lines.reduce((most, { from, to }) => Math.max(most, from.length + to.length + 5), 0);
  return [
    { name: 'static rules', allowed: CLOUDFLARE.static, used: lines.length - dynamic },
    { name: 'dynamic rules', allowed: CLOUDFLARE.dynamic, used: dynamic },
    { name: 'characters of a line', allowed: CLOUDFLARE.line, used: longest },
  ];
}

/** Netlify's matcher goes through its lines until one takes the request. */
export function netlifyLimits(lines: readonly unknown[]): readonly Limit[] {
  return [oneByOneLimit(lines.length)];
}
