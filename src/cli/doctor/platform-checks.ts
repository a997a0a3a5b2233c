import { EXIT, Failure } from '../../domain/failure.ts';
import type { AdminClient } from '../connection.ts';
import type { Check } from './check.ts';
import { failedCheck } from './settings-checks.ts';

/** A clock further off than this makes `now` mean another time here than on the platform; milliseconds. */
const CLOCK_TOLERANCE = 60_000;

/** Whether the platform answers, and whether its clock agrees with this machine's. */
export async function platformChecks(open: () => Promise<AdminClient>): Promise<readonly Check[]> {
  try {
    const { clockDifference } = await (await open()).probe();
    const reached: Check = { name: 'platform', status: 'ok', found: 'answers' };
    return clockDifference === null ? [reached] : [reached, clockCheck(clockDifference)];
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
