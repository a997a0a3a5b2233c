import type { RedirectRule } from '../../../src/redirects/rule.ts';

const MI = 'https://www.mi.com';

/** A rule for every feature that a rule can have. */
export const EVERY_FEATURE: readonly RedirectRule[] = [
  { from: '/uk/a', to: `${MI}/a` },
  { from: '/uk/caf%C3%A9', to: `${MI}/caf%C3%A9` },
  { from: '/uk/x%2Fy', to: `${MI}/x-y` },
  { from: '/uk/q?id=3', to: `${MI}/q3` },
  { from: '/uk/q?id=4&lang=de', to: `${MI}/q4de` },
  { from: '/uk/q?name=a+b', to: `${MI}/qname`, query: 'drop' },
  { from: '/uk/q', to: `${MI}/q` },
  { from: '/uk/own', to: `${MI}/own?src=po&x=1#frag`, status: 303 },
  { from: '/uk/sig', to: `${MI}/sig`, query: { significant: ['q', 'id'] } },
  { from: '/uk/drop', to: `${MI}/drop#f`, query: 'drop', status: 307 },
  { from: 'http://po.co/uk/scheme', to: `${MI}/http` },
  { from: '/uk/scheme', to: `${MI}/any`, status: 308 },
  { from: '/uk/scheme?x=1', to: `${MI}/asked` },
  { from: 'https://po.co/uk/secure', to: `${MI}/secure` },
  { from: '/uk/gone', status: 410 },
  { from: '/uk/dollar', to: `${MI}/a$b'c;d,e|f%20(g)` },
  { from: '/uk/own-host', to: '/uk/elsewhere' },
  { from: '/uk/p/:id', to: `${MI}/product/:id.html` },
  { from: '/uk/p/:id/:tab', to: `${MI}/product/:id?tab=:tab` },
  { from: '/uk/p/new', to: `${MI}/new` },
  { from: '/uk/news/*', to: `${MI}/blog/:splat` },
  { from: '/uk/pre', to: `${MI}/pre`, match: 'prefix' },
  { from: '/uk/pre/deep', to: `${MI}/deep/`, match: 'prefix' },
  { from: '/uk/splat', to: `${MI}/s/:splat/end`, match: 'prefix' },
  { from: '^/uk/r/(\\d+)-(?P<slug>[a-z-]+)$', to: `${MI}/r/:slug/:1`, match: 'regex' },
  { from: '/uk/.*\\.php', to: `${MI}/php`, match: 'regex' },
  { from: 'www.po.co/uk/www', to: `${MI}/www` },
  { from: 'po.co:8443/uk/port', to: `${MI}/port` },
  { from: '/uk/window', to: `${MI}/before`, window: { until: '5' } },
  { from: '/uk/window', to: `${MI}/after`, window: { from: '5' } },
  { from: '/uk/off', to: `${MI}/off`, enabled: false },
];

/** Two paths that are one path to who disregards case. */
export const CASE_TWIN: RedirectRule = { from: '/uk/A', to: `${MI}/big-a`, status: 302 };

export const EVERY_SITE = [
  'https://po.co/uk/',
  'https://*.po.co/uk/',
  'https://www.po.co/uk/',
  'https://po.co:8443/uk/',
] as const;
