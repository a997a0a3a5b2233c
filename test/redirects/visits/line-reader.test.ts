import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineReaderFor } from '../../../src/redirects/visits/line-reader.ts';

const FRONT = '1.2.3.4 - - [10/Oct/2024:13:55:36 +0000]';

const read = (...lines: readonly string[]) => {
  const reader = lineReaderFor(lines[0] ?? '');
  return lines.map(reader).at(-1);
};
const visit = (url: string, hits = 1) => ({ kind: 'visit', url, hits });

describe('lines of logs and lists, known by the first', () => {
  test.each([
    ['combined', `${FRONT} "GET /uk/a?b=c HTTP/1.1" 200 1 "-" "Mozilla \\"x\\""`, visit('/uk/a?b=c')],
    ['common', `${FRONT} "HEAD /uk/a HTTP/1.0" 200 1`, visit('/uk/a')],
    ['with the virtual host', `po.co:443 ${FRONT} "GET /uk/a HTTP/1.1" 200 1`, visit('https://po.co/uk/a')],
    ['with the virtual host on port 80', `po.co:80 ${FRONT} "GET /a HTTP/1.1" 200 1`, visit('http://po.co/a')],
    ['an absolute target', `${FRONT} "GET https://po.co/a HTTP/2" 200 1`, visit('https://po.co/a')],
    ['escaped bytes and quotes', `${FRONT} "GET /a\\"b\\xC3\\xA9 HTTP/1.1" 200 1`, visit('/a"b%C3%A9')],
    ['Cloudflare', '{"ClientRequestHost":"po.co","ClientRequestURI":"/a?b"}', visit('https://po.co/a?b')],
    ['Caddy', '{"request":{"host":"po.co","uri":"/a","method":"GET"}}', visit('https://po.co/a')],
    ['nginx in JSON', '{"request":"GET /a HTTP/1.1","http_host":"po.co"}', visit('https://po.co/a')],
    ['JSON with a count', '{"url":"https://po.co/a","hits":12}', visit('https://po.co/a', 12)],
    ['a JSON text', '"https://po.co/a"', visit('https://po.co/a')],
    ['CSV without a header', 'https://po.co/a,12', visit('https://po.co/a', 12)],
    ['a URL', 'https://po.co/a', visit('https://po.co/a')],
    ['a URL with commas', 'https://po.co/a,b?c=1,2', visit('https://po.co/a,b?c=1,2')],
    ['uniq -c', '     12 /uk/a', visit('/uk/a', 12)],
  ])('%s', (_, line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  test.each([
    ['names its columns', 'Top pages,Clicks,CTR', 'https://po.co/a,"1,234",3%', visit('https://po.co/a', 1234)],
    ['has semicolons', 'page;hits', '/a;7', visit('/a', 7)],
    ['has no count', 'title,url', '"x, y",/a', visit('/a')],
  ])('CSV that %s', (_, header, line, expected) => {
    expect(read(header, line)).toEqual(expected);
  });

  test.each([
    ['passed-over', 'a form that was sent', `${FRONT} "POST /a HTTP/1.1" 200 1`],
    ['nothing', 'a blank line', `${FRONT} "GET /a HTTP/1.1" 200 1`, ''],
    ['nothing', 'a comment', 'https://po.co/a', '# more'],
    ['nothing', 'a header', 'url,hits'],
    ['passed-over', 'a probe in JSON', '{"url":"/a","method":"OPTIONS"}'],
  ])('%s: %s', (kind, _, ...lines) => {
    expect(read(...lines)).toEqual({ kind });
  });

  test.each([
    [
      'a TLS hello',
      `${FRONT} "GET / HTTP/1.1" 200 1`,
      `${FRONT} "\\x16\\x03\\x01" 400 0`,
      'its request is no HTTP request',
    ],
    ['an empty request', `${FRONT} "GET / HTTP/1.1" 200 1`, `${FRONT} "-" 408 0`, 'its request is empty'],
    ['another format', `${FRONT} "GET / HTTP/1.1" 200 1`, 'https://po.co/', 'it is no line of an access log'],
    ['broken JSON', '{"url":"/a"}', '{"url":', 'it is no JSON object'],
    [
      'JSON about something else',
      '{"url":"/a"}',
      '{"level":"info"}',
      'it names no address: no key such as "url", "uri" or "path"',
    ],
    ['a count in words', 'url,hits', '/a,many', 'its count is no whole number'],
    ['a cell too few', 'hits,url', '3', 'it has no address'],
    ['prose', 'https://po.co/a', 'see https://po.co/b', 'it is neither a URL nor a count and a URL'],
  ])('%s is bad, with a reason', (_, first, line, reason) => {
    expect(read(first, line)).toEqual({ kind: 'bad', reason });
  });

  test('nothing breaks a reader, whatever the lines', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(`${FRONT} "`, `${FRONT} "GET \\`, '{"request":{}}', 'url,hits', '"', 'x [ ] "'),
    );
    fc.assert(
      fc.property(line, fc.array(line), (first, lines) => {
        const reader = lineReaderFor(first);
        for (const one of [first, ...lines])
          expect(['visit', 'nothing', 'passed-over', 'bad']).toContain(reader(one).kind);
      }),
    );
  });
});
