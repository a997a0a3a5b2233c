import { expect, test } from 'vitest';
import { NO_PALETTE } from '../../../src/cli/output/colours.ts';
import { renderFacts } from '../../../src/cli/output/facts.ts';

const FACTS = [
  { name: 'kind', value: 'flash-sale' },
  { name: 'starts at', value: '2015-05-19T13:00[Europe/Berlin]', note: 'as it was written' },
  { name: 'held for', value: '15 minutes', note: 'default' },
];
const rendered = (width: number | null) => renderFacts(FACTS, { width, palette: NO_PALETTE }).split('\n');

test('facts stand under each other, and in a pipe are columns', () => {
  expect(rendered(80)).toEqual([
    'kind       flash-sale',
    'starts at  2015-05-19T13:00[Europe/Berlin]  (as it was written)',
    'held for   15 minutes  (default)',
  ]);
  expect(rendered(null)[1]).toBe('starts at\t2015-05-19T13:00[Europe/Berlin]\tas it was written');
});

test('what would be cut beside its name is whole below it', () => {
  const lines = rendered(40);
  expect(lines).toEqual([
    'kind       flash-sale',
    'starts at',
    '  2015-05-19T13:00[Europe/Berlin]',
    '  (as it was written)',
    'held for   15 minutes  (default)',
  ]);
});
