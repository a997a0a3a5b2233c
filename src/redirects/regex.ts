import { RE2JS } from 're2js';
import type { Fault } from './rule.ts';

/** Above this a single rule would cost more memory and time than whole rulesets do. */
const MAX_PROGRAM_SIZE = 5000;

/** A regular expression in RE2 syntax that is matched against a whole path in time linear in its length. */
export interface PathRegex {
  /** Group numbers from `1`, then the names of named groups. */
  readonly names: readonly string[];
  /** The values of `names`, or undefined where the path does not match; a group that took no part is empty. */
  match(path: string): readonly string[] | undefined;
}

export function compileRegex(source: string, ignoreCase: boolean): PathRegex | Fault {
  let regex: RE2JS;
  try {
    regex = RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      fault: 'invalid-regex',
      message: `the regular expression is not RE2: ${reason}`,
      remedy: 'RE2 has no look-around and no back-references; write the rule without them.',
    };
  }
  if (regex.programSize() > MAX_PROGRAM_SIZE) {
    return {
      fault: 'invalid-regex',
      message: `the regular expression needs ${regex.programSize()} steps, more than ${MAX_PROGRAM_SIZE}`,
      remedy: 'Shorten its counted repetitions.',
    };
  }
  return pathRegex(regex);
}

function pathRegex(regex: RE2JS): PathRegex {
  const count = regex.groupCount();
  const named = Object.entries(regex.namedGroups());
  const names = [...Array.from({ length: count }, (_, index) => String(index + 1)), ...named.map(([name]) => name)];
  return {
    names,
    match(path) {
      if (!regex.testExact(path)) return undefined;
      if (count === 0) return [];
      const matcher = regex.matcher(path);
      if (!matcher.matches()) return undefined;
      const values = Array.from({ length: count }, (_, index) => matcher.group(index + 1) ?? '');
      return [...values, ...named.map(([, group]) => values[group - 1] ?? '')];
    },
  };
}
