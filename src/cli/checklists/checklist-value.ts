import type { LaunchChecklist } from '../../domain/checklists/launch-checklist.ts';
import { formatInstant } from '../../domain/time/format-time.ts';
import { instantValue } from '../plans/plan-value.ts';

/** A launch's checklist as the JSON of a command: the platform's, with every instant as text. */
export function checklistValue(checklist: LaunchChecklist): Readonly<Record<string, unknown>> {
  return {
    ...checklist,
    at: formatInstant(checklist.at),
    markets: checklist.markets.map(({ startsAt, endsAt, ...market }) => ({
      ...market,
      startsAt: startsAt === null ? null : instantValue(startsAt, market.zone),
      endsAt: endsAt === null ? null : instantValue(endsAt, market.zone),
    })),
  };
}
