import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlainRequest } from '../../src/edge/plain-request.ts';

const request = (line: string, ...fields: string[]) => [line, ...fields, '', ''].join('\r\n');

describe('a plain request', () => {
  it.each([
    ['GET', request('GET /uk/?a=1 HTTP/1.1', 'Host: po.co')],
    ['HEAD', request('HEAD /uk/?a=1 HTTP/1.1', 'HOST:\tpo.co \t', 'Accept: */*')],
    ['GET', request('GET /uk/?a=1 HTTP/1.1', 'Connection: Keep-Alive', 'host:po.co', 'X-Empty:')],
  ])('is read: %s %j', (method, text) => {
    const read = { method, target: '/uk/?a=1', host: 'po.co', forwardedProto: undefined };
    expect(readPlainRequest(text, 0)).toEqual({ ...read, end: text.length });
    expect(readPlainRequest(`before${text}after`, 6)).toEqual({ ...read, end: text.length + 6 });
  });

  it('says how its visitor came', () => {
    const text = request('GET / HTTP/1.1', 'Host: po.co', 'X-Forwarded-Proto: http, https');
    expect(readPlainRequest(text, 0)).toMatchObject({ forwardedProto: 'http, https' });
  });

  const host = 'Host: po.co';
  it.each([
    ['not there yet', request('GET / HTTP/1.1', host).slice(0, -1)],
    ['of an older version', request('GET / HTTP/1.0', host)],
    ['of another method', request('POST / HTTP/1.1', host)],
    ['of a method in small letters', request('get / HTTP/1.1', host)],
    ['in absolute form', request('GET http://po.co/ HTTP/1.1', host)],
    ['in asterisk form', request('GET * HTTP/1.1', host)],
    ['with a target of raw bytes', request('GET /\u00fc HTTP/1.1', host)],
    ['with a blank in its target', request('GET /a b HTTP/1.1', host)],
    ['with two blanks', request('GET  / HTTP/1.1', host)],
    ['with bare line feeds', request('GET / HTTP/1.1', host).replaceAll('\r', '')],
    ['without fields', request('GET / HTTP/1.1')],
    ['without a host', request('GET / HTTP/1.1', 'Accept: */*')],
    ['with two hosts', request('GET / HTTP/1.1', host, 'hOST: poco.in')],
    ['with two schemes', request('GET / HTTP/1.1', host, 'X-Forwarded-Proto: http', 'X-Forwarded-Proto: https')],
    ['with a blank before a colon', request('GET / HTTP/1.1', host, 'Content-Length : 5')],
    ['with a field that is folded', request('GET / HTTP/1.1', host, 'X-A: b', ' c')],
    ['with a control character', request('GET / HTTP/1.1', host, 'X-A: \u0000')],
    ['with a carriage return in a value', request('GET / HTTP/1.1', host, 'X-A: b\rTransfer-Encoding: chunked')],
    ['with a body', request('GET / HTTP/1.1', host, 'Content-Length: 5')],
    ['with a body in chunks', request('GET / HTTP/1.1', host, 'transfer-encoding:chunked')],
    ['that ends the connection', request('GET / HTTP/1.1', host, 'Connection: close')],
    ['that wants another protocol', request('GET / HTTP/1.1', host, 'Connection: upgrade', 'Upgrade: h2c')],
    ['that waits', request('GET / HTTP/1.1', host, 'Expect: 100-continue')],
    ['that is very long', request(`GET /${'x'.repeat(9000)} HTTP/1.1`, host)],
  ])('is none %s', (_what, text) => {
    expect(readPlainRequest(text, 0)).toBeNull();
  });

  it('is none, or ends within the text, whatever the bytes', () => {
    const piece = fc.constantFrom('GET ', 'HEAD ', '/', ' HTTP/1.1', '\r\n', '\r', '\n', 'Host', ':', ' ', 'po.co');
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        expect(readPlainRequest(text, 0)?.end ?? 0).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
