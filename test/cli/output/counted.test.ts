import { expect, test } from 'vitest';
import { counted } from '../../../src/cli/output/counted.ts';

test.each([
  [1, 'site', '1 site'],
  [0, 'site', '0 sites'],
  [2000, 'rule', '2,000 rules'],
  [1, 'launch', '1 launch'],
  [2, 'launch', '2 launches'],
  [3, 'freeze window', '3 freeze windows'],
])('%i %s', (count, noun, text) => {
  expect(counted(count, noun)).toBe(text);
});
