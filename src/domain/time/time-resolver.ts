import { Failure } from '../failure.ts';
import { type ResolvedTime, resolveTime } from './resolve-time.ts';
import { isCommon, parseWrittenTime, type WrittenTime } from './written-time.ts';

/** Reads many times and remembers each, so that thousands of fields with few distinct texts cost next to nothing. */
export interface TimeResolver {
  readonly tzdb: string;
  /** As `parseWrittenTime`. */
  parse(text: string): WrittenTime;
  /** As `parseWrittenTime` and `resolveTime`. A common instant is the same object in every zone. */
  resolve(text: string, zone: string | null): ResolvedTime;
}

/**
 * A resolver that lives as long as its caller keeps it: one plan, one document. Nothing is shared between two of
 * them. A text that is no time is remembered too: it is the same Failure each time.
 */
export function createTimeResolver(tzdb: string): TimeResolver {
  const parsed = new Map<string, WrittenTime | Failure>();
  const resolved = new Map<string, Map<string | null, ResolvedTime>>();

  const parse = (text: string): WrittenTime => {
    const known = parsed.get(text) ?? parsedOrFailure(text);
    parsed.set(text, known);
    if (known instanceof Failure) throw known;
    return known;
  };

  const resolve = (text: string, zone: string | null): ResolvedTime => {
    const written = parse(text);
    const readIn = isCommon(written) ? null : zone;
    const byZone = resolved.get(text) ?? new Map<string | null, ResolvedTime>();
    const known = byZone.get(readIn);
    if (known !== undefined) return known;
    const time = resolveTime(written, readIn, tzdb);
    resolved.set(text, byZone.set(readIn, time));
    return time;
  };

  return { tzdb, parse, resolve };
}

function parsedOrFailure(text: string): WrittenTime | Failure {
  try {
    return parseWrittenTime(text);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
