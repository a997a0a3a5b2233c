import { expect, test } from 'vitest';
import type { Documents } from '../../../src/domain/document/resources.ts';
import { standingWarnings } from '../../../src/domain/state/warnings.ts';
import { documentsFrom, instant, POCO, TZDB } from './world.ts';

test('an exception is pointed out from its review date on', () => {
  const documents = documentsFrom(POCO);
  const review = instant('2025-06-30T18:30:00Z');
  expect(standingWarnings(documents, review - 1, TZDB)).toEqual([]);
  expect(standingWarnings(documents, review, TZDB)).toEqual([
    'exception poco-india is past its review date (end of 2025-06-30); ask india-ops@example.com whether it still holds',
  ]);
});

test('an instant that the present tz database reads otherwise is pointed out, and stays', () => {
  const documents = documentsFrom({ ...POCO, exceptions: {} });
  const shutdown = documents.shutdowns.get('poco-2024');
  if (shutdown === undefined) throw new Error('no shutdown');
  const dark = { ...shutdown.times['dark'] };
  const paris = dark['fr'];
  if (paris === undefined) throw new Error('no instant');
  const old: Documents = {
    ...documents,
    shutdowns: new Map([
      [
        'poco-2024',
        {
          ...shutdown,
          times: { ...shutdown.times, dark: { ...dark, fr: { ...paris, at: paris.at - 3_600_000, tzdb: '2020a' } } },
        },
      ],
    ]),
  };
  expect(standingWarnings(old, 0, TZDB)).toEqual([
    `shutdowns/poco-2024 dark (end of 2024-12-31, fr) would be 2024-12-31T23:00:00Z under tz database ${TZDB}; 2024-12-31T22:00:00Z stays in force until it is planned and applied`,
  ]);
});
