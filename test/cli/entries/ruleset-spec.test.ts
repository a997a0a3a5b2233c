import { describe, expect, it } from 'vitest';
import { editRuleset } from '../../../src/cli/entries/rules/ruleset-spec.ts';

describe('editRuleset', () => {
  const present = { site: 'poco-gb', fallback: { to: 'https://x.y/', status: 301 } };

  it.each([
    ['keeps what was not said', {}, present],
    [
      'replaces the fallback as a whole',
      { fallback: 'https://a.b/' },
      { site: 'poco-gb', fallback: { to: 'https://a.b/' } },
    ],
    ['takes 410 for gone', { fallback: '410' }, { site: 'poco-gb', fallback: { status: 410 } }],
    ['takes the fallback away', { fallback: '' }, { site: 'poco-gb' }],
    [
      'changes the status of the fallback alone',
      { 'fallback-status': 302 },
      { site: 'poco-gb', fallback: { to: 'https://x.y/', status: 302 } },
    ],
    ['reads a query policy', { query: 'significant:q' }, { ...present, query: { significant: ['q'] } }],
  ])('%s', (_, said, expected) => {
    expect(editRuleset(present, said, 'ruleset')).toEqual(expected);
  });

  it('leaves --query to the rule that is said with it', () => {
    expect(editRuleset(present, { query: 'drop' }, 'rule')).toEqual(present);
  });

  it('needs somewhere to go before it takes a status', () => {
    expect(() => editRuleset({ site: 'poco-gb' }, { 'fallback-status': 301 }, 'ruleset')).toThrow(
      expect.objectContaining({ code: 'input-needed', exit: 2 }),
    );
  });
});
