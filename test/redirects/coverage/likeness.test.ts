import { describe, expect, test } from 'vitest';
import { likenessOf, sharedWords } from '../../../src/redirects/coverage/likeness.ts';

describe('what an address says of its page', () => {
  test.each([
    ['/uk/phones/Poco-F6.html', '', 'poco-f6', [], ['poco']],
    ['/uk/phones/index.php', '', '', [], ['index']],
    ['/news/page/12', '', '', [], []],
    ['/product/p1030', '', 'p1030', ['1030'], []],
    ['/en/newsroom/dg_4003195', '', 'dg_4003195', ['4003195'], []],
    ['/docs/12-1038-unfair-dismissal.pdf', '', '12-1038-unfair-dismissal', ['12-1038'], ['unfair', 'dismissal']],
    ['/bill%202012/aide-memoire', '', 'aide-memoire', [], ['aide', 'memoire']],
    ['/statistics/homelessnessq22011', '', 'homelessnessq22011', [], ['homelessnessq']],
    ['/2012/2012-10-17/201112/news', '', 'news', [], ['news']],
    ['/viewfile.ashx', 'type=3&path=og%2Fchemicals-2003.xls', 'chemicals-2003', [], ['chemicals']],
    ['/product', 'id=1030', '1030', ['1030'], []],
    ['/', '', '', [], []],
  ])('%s?%s', (path, query, slug, ids, words) => {
    const found = likenessOf(path, query);
    expect([found.slug, found.ids, [...found.words]]).toEqual([slug, ids, words]);
  });

  test('an extension, or what stands before numbers, is no likeness', () => {
    const [a, b] = ['/pdf/1820285.pdf', '/pdf/140978.pdf'].map((path) => likenessOf(path).words);
    expect(sharedWords(a ?? new Set(), b ?? new Set())).toBe(0);
  });
});
