import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXCEPTION_FIELDS } from '../../../src/cli/entries/exception-fields.ts';
import { editSpec, type Field, missingOf, wordsOf } from '../../../src/cli/entries/fields.ts';
import { MARKET_FIELDS } from '../../../src/cli/entries/market-fields.ts';
import { SITE_FIELDS } from '../../../src/cli/entries/site-fields.ts';

const SITE = { brand: 'poco', market: 'gb', role: 'legacy', urls: ['https://po.co/uk/', 'https://uk.po.co/'] };

describe('editSpec', () => {
  it.each([
    ['nothing said changes nothing', {}, SITE],
    ['a text replaces', { brand: 'mi' }, { ...SITE, brand: 'mi' }],
    ['a list replaces the whole list', { url: ['https://a.b/'] }, { ...SITE, urls: ['https://a.b/'] }],
    [
      'one member is added, once',
      { 'add-url': ['https://a.b/', 'https://po.co/uk/'] },
      { ...SITE, urls: [...SITE.urls, 'https://a.b/'] },
    ],
    ['one member is taken away', { 'remove-url': ['https://uk.po.co/'] }, { ...SITE, urls: ['https://po.co/uk/'] }],
    [
      'members change on top of a list that is said with them',
      { url: ['https://a.b/', 'https://c.d/'], 'remove-url': ['https://c.d/'] },
      { ...SITE, urls: ['https://a.b/'] },
    ],
    ['a switch is set', { protected: true }, { ...SITE, protected: true }],
    ['a switch is taken back', { protected: false }, { ...SITE, protected: false }],
    ['flags that are no fields are left alone', { yes: true, reason: 'x' }, SITE],
  ])('%s', (_, said, expected) => {
    expect(editSpec(SITE_FIELDS, said, SITE)).toEqual(expected);
  });

  it('takes a key away for an empty text', () => {
    expect(editSpec(SITE_FIELDS, { 'opens-at': '' }, { ...SITE, opensAt: '2024-01-01T00:00Z' })).toEqual(SITE);
  });

  it('takes a list away for an empty member, but keeps one that may be empty', () => {
    expect(editSpec(EXCEPTION_FIELDS, { site: [''] }, { sites: ['a'], owner: 'o' })).toEqual({ owner: 'o' });
    expect(editSpec(MARKET_FIELDS, { country: [''] }, { countries: ['GB'] })).toEqual({ countries: [] });
  });

  it('does not remove what is not there, and says what is', () => {
    expect(() => editSpec(SITE_FIELDS, { 'remove-url': ['https://po.co/u/'] }, SITE)).toThrow(
      expect.objectContaining({
        code: 'not-in-list',
        exit: 2,
        message: '--remove-url: https://po.co/u/ is not there. Did you mean https://po.co/uk/?',
      }),
    );
  });
});

describe('missingOf', () => {
  it('names every needed flag that was not said, empty ones too', () => {
    expect(missingOf(SITE_FIELDS, { brand: '', url: [], role: 'legacy' })).toEqual(['--brand', '--market', '--url']);
    expect(missingOf(SITE_FIELDS, { brand: 'b', market: 'm', role: 'legacy', url: ['u'] })).toEqual([]);
  });
});

describe('wordsOf', () => {
  it('says again exactly what was said', () => {
    const text = fc.string({ minLength: 1 });
    const said = fc.record(
      {
        brand: text,
        role: fc.constantFrom('legacy', 'unified'),
        url: fc.array(text, { minLength: 1 }),
        protected: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(said, (one) => {
        expect(readBack(SITE_FIELDS, wordsOf(SITE_FIELDS, one))).toEqual(one);
      }),
    );
  });

  it('leaves out what was answered with nothing', () => {
    expect(wordsOf(SITE_FIELDS, { brand: 'poco', 'opens-at': '', url: [] })).toEqual(['--brand', 'poco']);
  });
});

/** What a parser makes of the words. */
function readBack(fields: readonly Field[], words: readonly string[]): Record<string, unknown> {
  const said: Record<string, unknown> = {};
  for (let at = 0; at < words.length; ) {
    const flag = words[at]?.replace(/^--(no-)?/, '') ?? '';
    const kind = fields.find((field) => field.flag === flag)?.kind;
    if (kind === 'switch') {
      said[flag] = words[at] === `--${flag}`;
      at += 1;
      continue;
    }
    const value = words[at + 1];
    said[flag] = kind === 'list' ? [...((said[flag] as string[] | undefined) ?? []), value] : value;
    at += 2;
  }
  return said;
}
