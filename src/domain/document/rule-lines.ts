import { canonicalJson } from '../canonical-json.ts';
import type { RuleSpec } from './schema.ts';

/**
 * The rules of a ruleset as text: one canonical line each. Their content digest is SHA-256 over the lines in order,
 * each ended by a line feed, so the same rules have the same digest whether a client or the platform took it.
 */

const DEFAULT_STATUS = 301;

/** A rule as canonical JSON, without the keys that only say what is so anyway. */
export function ruleLine(rule: RuleSpec): string {
  const { status, priority, enabled, window, note, ...rest } = rule;
  return canonicalJson({
    ...rest,
    ...(status === undefined || status === DEFAULT_STATUS ? {} : { status }),
    ...(priority === undefined || priority === 0 ? {} : { priority }),
    ...(enabled === false ? { enabled } : {}),
    ...(window?.from === undefined && window?.until === undefined ? {} : { window }),
    ...(note === undefined || note === '' ? {} : { note }),
  });
}

/** The rule of a line that {@link ruleLine} wrote. */
export function ruleOfLine(line: string): RuleSpec {
  return JSON.parse(line) as RuleSpec;
}

/** An incremental SHA-256, passed in because this room has no crypto of its own. */
export interface LineHash {
  update(text: string): void;
  /** Lower-case hexadecimal. */
  digest(): string;
}

/** The content digest of canonical lines, and how many they are. */
export function contentOfLines(lines: Iterable<string>, hash: LineHash): { content: string; count: number } {
  let count = 0;
  for (const line of lines) {
    hash.update(line);
    hash.update('\n');
    count += 1;
  }
  return { content: hash.digest(), count };
}
