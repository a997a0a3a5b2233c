import { escapeControls } from '../escape.ts';
import { EXIT, Failure } from '../failure.ts';

/** Which fault makes a text no time; `details.reason` of Failure `invalid-time`. */
export type TimeFault =
  | 'empty'
  | 'too-long'
  | 'malformed'
  | 'bare-date'
  | 'no-such-date'
  | 'year-out-of-range'
  | 'no-such-clock-time'
  | 'hour-24'
  | 'leap-second'
  | 'missing-minutes'
  | 'twelve-hour-clock'
  | 'fraction-too-fine'
  | 'offset-form'
  | 'offset-out-of-range'
  | 'offset-contradicts-zone'
  | 'abbreviation'
  | 'unknown-zone'
  | 'annotation'
  | 'brackets'
  | 'day-with-clock'
  | 'day-with-offset-and-zone';

/** The forms a time can be written in, for remedies that cannot guess what was meant. */
export const FORMS =
  'Write 2024-12-31T23:00Z, 2024-12-31T23:00[Europe/Paris], 2024-12-31T23:00, start of 2024-12-31 or end of 2024-12-31';

/** How much of a text that is no time is shown again. */
const SHOWN = 80;

/** A person's text, safe to show and of bounded length, in quotes. */
export function quoted(text: string): string {
  const short = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return `"${escapeControls(short)}"`;
}

/** @param fault continues the sentence that begins with the quoted text. */
export function invalidTime(text: string, reason: TimeFault, fault: string, remedy: string): Failure {
  return new Failure({
    code: 'invalid-time',
    exit: EXIT.usage,
    message: `${quoted(text)} ${fault}`,
    remedy,
    details: { text, reason },
  });
}
