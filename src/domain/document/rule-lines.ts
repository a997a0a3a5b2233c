import { atOnce, STEP, type Steps } from '../../redirects/steps.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { RuleSpec, RulesReference } from './schema.ts';

/**
 * The rules of a ruleset as text: one canonical line each. Their content digest is SHA-256 over the lines in order,
 * each ended by a line feed, so the same rules have the same digest whether a client or the platform took it.
 */

const DEFAULT_STATUS = 301;

/** A rule as canonical JSON, without the keys that only say what is so anyway. */
export function ruleLine(rule: RuleSpec): string {
  return plainLine(rule) ?? fullLine(rule);
}

function isPlain(rule: RuleSpec): boolean {
  for (const key in rule) if (key !== 'from' && key !== 'to' && key !== 'status') return false;
  return true;
}

/** The line of a rule of source, target and status alone, as most are; undefined for any other. */
function plainLine(rule: RuleSpec): string | undefined {
  if (!isPlain(rule)) return undefined;
  const { from, to, status } = rule;
  const statusText = status === undefined || status === DEFAULT_STATUS ? '' : `,"status":${JSON.stringify(status)}`;
  const toText = to === undefined ? '' : `,"to":${JSON.stringify(to)}`;
  return `{"from":${JSON.stringify(from)}${statusText}${toText}}`;
}

/** Far below the longest source and target that a rule may have. */
const LONGEST_PLAIN = 4_000;
const PLAIN_LINE = /^\{"from":"[!#-[\]-~]+"(?:,"status":(?!301)[1-9]\d\d)?(?:,"to":"[!#-[\]-~]+")?\}$/;

/**
 * Whether a text is what {@link ruleLine} writes for a rule of source, target and status in plain characters. Such a
 * line says a rule of its shape in its canonical form, and nothing has to be read or written to know it.
 */
export function isPlainRuleLine(line: string): boolean {
  return line.length <= LONGEST_PLAIN && PLAIN_LINE.test(line);
}

function fullLine(rule: RuleSpec): string {
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

/** What {@link ruleOfLine} reads from the rule's own line, with the texts that the rule has already. */
export function canonicalRule(rule: RuleSpec): RuleSpec {
  if (!isPlain(rule)) return ruleOfLine(fullLine(rule));
  const { from, to, status } = rule;
  return {
    from,
    ...(to === undefined ? {} : { to }),
    ...(status === undefined || status === DEFAULT_STATUS ? {} : { status }),
  };
}

/** The content of no rules at all. */
export const NO_RULES: RulesReference = {
  content: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  count: 0,
};

/** An incremental SHA-256, passed in because this room has no crypto of its own. */
export interface LineHash {
  update(text: string): void;
  /** Lower-case hexadecimal. */
  digest(): string;
}

/** The content digest of canonical lines, and how many they are. */
export function contentOfLines(lines: Iterable<string>, hash: LineHash): RulesReference {
  return atOnce(contentSteps(lines, hash));
}

/** Text that is hashed at once: a million calls would take longer than the hashing. */
const BLOCK = 65_536;

/** The same in steps. */
export function* contentSteps(lines: Iterable<string>, hash: LineHash): Steps<RulesReference> {
  let count = 0;
  let block = '';
  for (const line of lines) {
    block += `${line}\n`;
    count += 1;
    if (block.length >= BLOCK) {
      hash.update(block);
      block = '';
    }
    if (count % STEP === 0) yield;
  }
  hash.update(block);
  return { content: hash.digest(), count };
}
