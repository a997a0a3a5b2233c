import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonText } from '../../../src/cli/output/json.ts';

describe('jsonText', () => {
  it('is the same value on one line, and safe to look at', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = jsonText(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      }),
    );
  });

  it('writes what JSON has no word for', () => {
    const loop: Record<string, unknown> = { n: 2n, at: new Date(0), none: undefined };
    loop['self'] = loop;
    expect(jsonText(loop)).toBe('{"n":"2","at":"1970-01-01T00:00:00.000Z","self":"[circular]"}');
    expect(jsonText(undefined)).toBe('null');
    expect(jsonText('\u009b31m\u202e')).toBe('"\\u009b31m\\u202e"');
  });
});
