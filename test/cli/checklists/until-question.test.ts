import { expect, test } from 'vitest';
import { untilQuestion } from '../../../src/cli/checklists/until-question.ts';
import type { LaunchChecklist } from '../../../src/domain/checklists/launch-checklist.ts';

const NOW = Date.UTC(2015, 4, 1);
const BERLIN = { market: 'de', zone: 'Europe/Berlin', startsAt: null };
const NEW_YORK = { market: 'us', zone: 'America/New_York', startsAt: null };
const questionFor = (...markets: readonly object[]) =>
  untilQuestion({ markets } as unknown as LaunchChecklist, NOW, 40);

test('until when is one instant: a civil time is on the clock of the markets where they share one', async () => {
  const { preview, check } = questionFor(BERLIN);
  expect(preview?.('2015-06-01T00:00')).toContain('2015-06-01 00:00 +02:00');
  expect(await check?.('2015-06-01T00:00')).toBeNull();
});

test('and needs a zone where they do not, which is said while it is typed', async () => {
  const { preview, check } = questionFor(BERLIN, NEW_YORK);
  expect(preview?.('2015-06-01T00:00')).toBe('The markets have several zones: write\none after it, or an offset.');
  expect(await check?.('2015-06-01T00:00')).toContain('no time zone');
  expect(preview?.('2015-06-01T00:00Z')).toContain('2015-05-31 20:00 -04:00');
  expect(await check?.('2015-06-01T00:00Z')).toBeNull();
  expect(preview?.('2015-06')).toBe('');
});
