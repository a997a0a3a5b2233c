import { describe, expect, it } from 'vitest';
import { explainUrl } from '../../src/domain/state/explain.ts';
import { respond } from '../../src/edge/respond.ts';
import { parseRequestUrl } from '../../src/redirects/url.ts';
import { DARK, pocoWorld } from './poco-world.ts';

const world = pocoWorld([
  { from: '/uk/gone', status: 410 },
  { from: '/uk/ü', to: 'https://www.mi.com/global/grün/ü' },
]);
const ask = (url: string, at: number) => respond(world, parseRequestUrl(url), at);

describe('what a visitor gets', () => {
  it.each([
    ['https://po.co/uk/phones/f6?utm=1', DARK - 1, 200, undefined, 'state poco-2024'],
    ['https://po.co/uk/phones/f6?utm=1', DARK, 301, 'https://www.mi.com/global/phones/f6?utm=1', 'rule poco-gb#1'],
    ['https://po.co/uk/support/a/b', DARK, 301, 'https://www.mi.com/global/support/a/b', 'rule poco-gb#2'],
    ['https://po.co/uk/other', DARK, 302, 'https://www.mi.com/global/', 'state poco-2024'],
    ['https://po.co/uk/gone', DARK, 410, undefined, 'rule poco-gb#3'],
    ['https://poco.in/x', DARK, 200, undefined, 'exception poco-india'],
    ['https://notpoco.in/x', DARK, 404, undefined, 'none'],
    ['https://po.co/uk/phones/f6', Date.UTC(2027, 0, 1), 410, undefined, 'state poco-2024'],
  ])('%s at %i: %i %s', (url, at, status, location, decidedBy) => {
    const { headers, ...response } = ask(url, at);
    expect(response.status).toBe(status);
    expect(headers['location']).toBe(location);
    expect(headers['x-storectl-decided-by']).toBe(decidedBy);
    expect(headers['cache-control']).toBe('no-store');
    const explained = explainUrl(world, url, at, { reasoning: false });
    expect({ status, location: location ?? null }).toEqual({ status: explained.status, location: explained.location });
  });

  it('has a Location of ASCII alone', () => {
    expect(ask('https://po.co/uk/%C3%BC', DARK).headers['location']).toMatch(/^https:\/\/www\.mi\.com\/[!-~]+$/);
  });

  it('is a page that says what the site is, and when it next changes', () => {
    const { body } = ask('https://po.co/uk/', DARK - 1);
    expect(body).toContain('<dd>poco-gb</dd>');
    expect(body).toContain('<dd>frozen</dd>');
    expect(body).toContain('dark at 2025-01-01T00:00:00Z (2025-01-01 00:00 +00:00 in Europe/London)');
  });

  it('is a page whose text stays text', () => {
    const { body } = ask(`https://poco.in/x?q="><script>alert('1')</script>&b`, DARK);
    expect(body).not.toContain('<script');
    expect(body).not.toContain("alert('");
  });
});
