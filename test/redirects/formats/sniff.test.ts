import { describe, expect, test } from 'vitest';
import { sniffFormat } from '../../../src/redirects/formats/sniff.ts';

describe('sniffFormat', () => {
  test.each([
    ['\uFEFFfrom,to\n/a,/b', 'csv'],
    ['Old Url,New Url,Status\n', 'csv'],
    ['from;to;type;endDate;binding\n', 'csv'],
    ['from\tto\n/a\t/b', 'csv'],
    ['Vanity,Where\n/a,/b', 'csv'],
    ['\n\n{"from":"/a"}\n', 'ndjson'],
    ['# moved\n/a /b\n', 'netlify'],
    ['https://po.co/* https://mi.com/:splat 301!', 'netlify'],
    ['# nothing yet\n', 'netlify'],
    ['po.co/a,https://mi.com/b,301\n', 'cloudflare-bulk'],
    ['https://po.co/a,https://mi.com/b', 'cloudflare-bulk'],
  ])('takes %j for %s', (text, format) => {
    expect(sniffFormat(text)).toEqual({ kind: 'format', format });
  });

  test.each([
    ['', 'it is empty'],
    ['\uFEFF \r\n', 'it is empty'],
    ['PK\u0003\u0004\u0014\u0000', 'it is a zip archive (or a spreadsheet); unpack it, or save it as CSV'],
    ['\u001F\u008B\u0008', 'it is gzip'],
    ['%PDF-1.7', 'it is a PDF'],
    ['<!doctype html>', 'it is HTML or XML'],
    ['[{"from":"/a"}]', 'it is a JSON array; write one object a line'],
    ['from\u0000to', 'it holds a NUL: it is no text'],
    ['hello', 'its first line is no header, no rule, no JSON object'],
  ])('says what %j is instead', (text, reason) => {
    expect(sniffFormat(text)).toEqual({ kind: 'none', reason });
  });
});
