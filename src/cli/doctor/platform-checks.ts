import { platform } from '../../contract/operations/platform.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import type { Client } from '../connection.ts';
import type { Check } from './check.ts';
import { failedCheck } from './settings-checks.ts';

/** A clock further off than this makes `now` mean another time here than on the platform; milliseconds. */
const CLOCK_TOLERANCE = 60_000;

/** Whether the platform answers, who it takes us for, and whether its clock agrees with this machine's. */
export async function platformChecks(open: () => Promise<Client>, now: () => number): Promise<readonly Check[]> {
  try {
    const client = await open();
    const asked = now();
    const { value } = await client.call(platform.info);
    const answered = now();
    const reached: readonly Check[] = [
      { name: 'platform', status: 'ok', found: `answers: storectl ${value.version} on ${value.store}` },
      { name: 'platform-role', status: 'ok', found: `${value.role}, as ${value.actor}` },
      { name: 'platform-tz-database', status: 'ok', found: value.tzdb },
    ];
    if (client.target.kind === 'embedded') return reached;
    // The platform read its clock somewhere between the question and the answer.
    return [...reached, clockCheck(value.now - (asked + answered) / 2)];
  } catch (error) {
    if (error instanceof Failure && error.exit !== EXIT.bug) return [failedCheck('platform', error)];
    throw error;
  }
}

function clockCheck(difference: number): Check {
  const seconds = (Math.abs(difference) / 1000).toFixed(1);
  const found = `the platform's clock is ${seconds} s ${difference < 0 ? 'behind' : 'ahead'}`;
  if (Math.abs(difference) <= CLOCK_TOLERANCE) return { name: 'clock', status: 'ok', found };
  return { name: 'clock', status: 'failed', found, remedy: 'Set the clocks by NTP.' };
}
