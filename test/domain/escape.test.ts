import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeControls } from '../../src/domain/escape.ts';

describe('escapeControls', () => {
  it.each([
    ['an ANSI colour', '\u001b[31mred', '\\x1b[31mred'],
    ['the one-byte CSI', '\u009b2J', '\\x9b2J'],
    ['a bell and a null', 'a\u0007\u0000', 'a\\x07\\x00'],
    ['delete', '\u007f', '\\x7f'],
    ['newlines and tabs', 'a\nb\r\n\tc', 'a\\nb\\r\\n\\tc'],
    ['a bidi override', 'gnp.\u202eexe', 'gnp.\\u202eexe'],
    ['bidi isolates', '\u2066a\u2069', '\\u2066a\\u2069'],
    ['a byte order mark', '\ufeffid', '\\ufeffid'],
    ['a zero-width space', 'po\u200bco', 'po\\u200bco'],
    ['a line separator', 'a\u2028b', 'a\\u2028b'],
    ['tag characters', '\u{e0041}', '\\u{e0041}'],
    ['a lone surrogate', 'a\ud800b', 'a\\ud800b'],
  ])('shows %s', (_, text, expected) => {
    expect(escapeControls(text)).toBe(expected);
  });

  it.each([
    ['accents', 'São Paulo, München'],
    ['other scripts', '小米 шоп می‌خواهم'],
    ['a joined emoji', '👩‍💻'],
    ['backslashes', 'C:\\new\\x1b'],
    ['nothing', ''],
  ])('leaves %s alone', (_, text) => {
    expect(escapeControls(text)).toBe(text);
  });

  it('keeps newlines where asked, and only them', () => {
    expect(escapeControls('a\nb\r\u001b', { keepNewlines: true })).toBe('a\nb\\r\\x1b');
  });

  it('leaves nothing a terminal acts on, in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = escapeControls(text);
        expect(shown).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(escapeControls(shown)).toBe(shown);
      }),
    );
  });
});
