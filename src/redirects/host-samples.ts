import { hashBytes } from './hash.ts';
import type { RuleList } from './rule-list.ts';
import { RuleTable } from './rule-table.ts';
import { SpanMemory } from './span-memory.ts';

const SLASH = 47;

/** Sources that together name every host that the rules name; most of those that only repeat one are left out. */
export function* hostSamples(rules: RuleList): Generator<string> {
  if (!(rules instanceof RuleTable)) {
    for (const rule of rules) yield rule.from;
    return;
  }
  const seen = new SpanMemory<true>(rules.bytes, rules.length);
  for (let index = 0; index < rules.length; index++) {
    if (rules.isPacked(index) && isRepeated(rules, index, seen)) continue;
    yield rules.at(index)?.from ?? '';
  }
}

/** Whether scheme and host, as they are written, were there before; a path alone names none. */
function isRepeated(table: RuleTable, index: number, seen: SpanMemory<true>): boolean {
  const { bytes } = table;
  const start = table.fromStart(index);
  const end = hostEnd(bytes, start, table.fromEnd(index));
  const hash = hashBytes(bytes, start, end);
  if (seen.get(start, end, hash) === true) return true;
  seen.set(start, end, hash, true);
  return false;
}

/** Up to the first slash that is none of `//`. */
function hostEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] !== SLASH || bytes[at + 1] === SLASH || (at > start && bytes[at - 1] === SLASH))) at++;
  return at;
}
