import { describe, expect, test } from 'vitest';
import { parseRate, parseResolution, parseShard } from '../../../src/cli/verify/verify-order.ts';

describe('--resolve', () => {
  test.for([
    ['po.co:443:192.0.2.1', ['po.co', 443, '192.0.2.1', 443, false]],
    ['PO.co.:80:127.0.0.1:8080', ['po.co', 80, '127.0.0.1', 8080, false]],
    ['*:443:[2001:db8::1]', ['*', 443, '2001:db8::1', 443, false]],
    ['po.co:443:2001:db8::1', ['po.co', 443, '2001:db8::1', 443, false]],
    ['po.co:443:[::1]:8443', ['po.co', 443, '::1', 8443, false]],
    ['po.co:443:http://127.0.0.1:8080', ['po.co', 443, '127.0.0.1', 8080, true]],
    ['*:443:http://[::1]:8080', ['*', 443, '::1', 8080, true]],
  ] as const)('reads %s', ([text, [host, port, address, addressPort, plain]]) => {
    expect(parseResolution(text)).toEqual({ host, port, address, addressPort, plain });
  });

  test.for([
    '',
    'po.co',
    'po.co:443',
    'po.co:443:',
    'po.co:443:www.mi.com',
    'po.co:443:https://127.0.0.1',
    'po.co:0:192.0.2.1',
    ':443:192.0.2.1',
    'po.co:443:192.0.2.1:99999',
  ])('refuses %j', (text) => {
    expect(() => parseResolution(text)).toThrow(expect.objectContaining({ code: 'invalid-usage', exit: 2 }));
  });
});

describe('--shard and --rate', () => {
  test('are read', () => {
    expect([parseShard('2/4'), parseShard(undefined)]).toEqual([{ index: 2, of: 4 }, undefined]);
    expect([parseRate('50/s'), parseRate('0.5'), parseRate(undefined)]).toEqual([50, 0.5, undefined]);
  });
  test.for(['0/4', '5/4', '1', '1/0', 'a/b', '-1/4'])('refuse %j', (text) => {
    expect(() => parseShard(text)).toThrow(expect.objectContaining({ code: 'invalid-usage' }));
  });
  test.for(['0/s', '50/m', 'fast', '-1'])('refuse %j', (text) => {
    expect(() => parseRate(text)).toThrow(expect.objectContaining({ code: 'invalid-usage' }));
  });
});
