import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visitedUrl, withoutPort } from '../../src/edge/visited-url.ts';
import { formatUrl, UrlError } from '../../src/redirects/url.ts';

const visited = (target: string, ...hosts: string[]) => formatUrl(visitedUrl({ target, hosts }));

describe('the URL that a request asks for', () => {
  it.each([
    ['/uk/', 'po.co', 'https://po.co/uk/'],
    ['/uk/?a=1&b', 'PO.CO.', 'https://po.co/uk/?a=1&b'],
    ['/', 'po.co:443', 'https://po.co/'],
    ['/', 'po.co:8443', 'https://po.co:8443/'],
    ['//evil.com/x', 'po.co', 'https://po.co//evil.com/x'],
    ['/a/../b', 'po.co', 'https://po.co/b'],
    ['/x#y', 'po.co', 'https://po.co/x'],
    ['http://po.co/uk', 'other.example', 'http://po.co/uk'],
    ['HTTPS://po.co/uk', '', 'https://po.co/uk'],
  ])('%s of %s is %s', (target, host, url) => {
    expect(visited(target, host)).toBe(url);
  });

  it('is http where the one in front says so', () => {
    const request = { target: '/', hosts: ['po.co'] };
    expect(formatUrl(visitedUrl({ ...request, forwardedProto: 'HTTP, https' }))).toBe('http://po.co/');
    expect(formatUrl(visitedUrl({ ...request, forwardedProto: 'gopher' }))).toBe('https://po.co/');
  });

  it.each([
    ['/', [], 'no Host'],
    ['/', [' '], 'no Host'],
    ['/', ['po.co', 'evil.example'], 'more than one'],
    ['/', ['po.co/evil'], 'not a host name'],
    ['/', ['po.co, evil.example'], 'not a host name'],
    ['/', ['user@po.co'], 'not a host name'],
    ['/', ['po.co\\evil'], 'not a host name'],
    ['/', ['*.po.co'], 'not a host name'],
    ['/', ['po.co:99999'], 'not a port'],
    ['*', ['po.co'], 'no path'],
    ['po.co:443', ['po.co'], 'no path'],
    ['ftp://po.co/', ['po.co'], 'no path'],
    ['http://user:pass@po.co/', ['po.co'], 'user name'],
  ])('is none for %s of %j', (target, hosts, why) => {
    expect(() => visitedUrl({ target, hosts })).toThrow(UrlError);
    expect(() => visitedUrl({ target, hosts })).toThrow(why);
  });

  it('is one, or a reason, for whatever is sent', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { maxLength: 2 }), (target, hosts) => {
        try {
          // The host of the answer is the one that was asked for, whatever the path tries.
          const url = visitedUrl({ target: `/${target}`, hosts });
          expect(formatUrl(url)).toMatch(/^https:\/\/[^/?#@\\\s]+\//);
        } catch (error) {
          expect(error).toBeInstanceOf(UrlError);
        }
      }),
    );
  });

  it('loses its port and nothing else', () => {
    expect(formatUrl(withoutPort(visitedUrl({ target: '/x?y', hosts: ['po.co:8080'] })))).toBe('https://po.co/x?y');
  });
});
