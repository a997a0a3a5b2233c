import type { LaunchChecklist } from '../../domain/checklists/launch-checklist.ts';
import { Failure } from '../../domain/failure.ts';
import { formatInstant } from '../../domain/time/format-time.ts';
import { parseAt } from '../../domain/time/resolve-time.ts';
import { isCommon, parseWrittenTime } from '../../domain/time/written-time.ts';
import { TZDB } from '../answers/asked-time.ts';
import { hang } from '../output/hang.ts';
import type { TextQuestion } from '../prompts/ask.ts';
import { timeQuestion } from '../wizards/time-question.ts';

/**
 * Asks until when an item may stay open: a time still to come. A civil time is read as the platform reads it, in the zone
 * of the launch's markets where all are in one; the clocks of all are shown while it is typed, once it is one.
 *
 * @param now epoch milliseconds
 */
export function untilQuestion({ markets }: LaunchChecklist, now: number, width: number): TextQuestion {
  const zones = new Set(markets.map(({ zone }) => zone));
  const [zone = null] = zones;
  const common = zones.size === 1 ? zone : null;
  const starts = markets.flatMap(({ startsAt }) => (startsAt === null || startsAt <= now ? [] : [startsAt]));
  const question = timeQuestion({
    message: 'Until when may it stay open?',
    markets: markets.map((own) => ({ id: own.market, zone: own.zone })),
    width,
    ...(starts.length === 0 ? {} : { initial: formatInstant(Math.min(...starts)) }),
  });
  return {
    ...question,
    check: (typed) => faultOf(typed, now, common),
    // One instant is asked for, and not one on each market's clock.
    preview: (typed) =>
      zones.size > 1 && isCivil(typed)
        ? hang('', 'The markets have several zones: write one after it, or an offset.', width - 2).join('\n')
        : (question.preview?.(typed) ?? ''),
  };
}

function isCivil(typed: string): boolean {
  try {
    return !isCommon(parseWrittenTime(typed));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return false;
  }
}

function faultOf(typed: string, now: number, zone: string | null): string | null {
  try {
    return parseAt(typed, now, zone, TZDB) > now ? null : 'That has passed; give a time that is still to come.';
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.remedy === undefined ? error.message : `${error.message}. ${error.remedy}`;
  }
}
