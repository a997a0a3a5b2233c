import { EXIT, Failure } from '../../domain/failure.ts';
import { nearest } from '../../domain/nearest.ts';

/**
 * One key of an entry and the flag that says it. Flags, wizards and the command line that a wizard prints are all read
 * from the same list of fields.
 */
export interface Field {
  /** The key in the document; with points for one inside another, as `include.categories`; `*` is any. */
  readonly key: string;
  /** The flag, without its dashes. */
  readonly flag: string;
  readonly kind: 'text' | 'time' | 'list' | 'switch' | 'number';
  /** A new entry has to have it. */
  readonly needed?: true;
  /** Members of a list that are several words each: where they are typed in one line, commas come between them. */
  readonly ofWords?: true;
  /** An empty list of it is written, and does not take the key away. */
  readonly mayBeEmpty?: true;
}

/** What was said on the command line, or answered to a wizard: values by flag. */
export type Said = Readonly<Record<string, unknown>>;
export type Spec = Readonly<Record<string, unknown>>;

/** Flags of needed fields that were not said, with their dashes. */
export function missingOf(fields: readonly Field[], said: Said): readonly string[] {
  return fields.filter(({ needed, flag }) => needed === true && !isSaid(said[flag])).map(({ flag }) => `--${flag}`);
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/**
 * The entry as it is with what was said on top: a text replaces, an empty one takes the key away, a list replaces the
 * whole list, and `--add-…` and `--remove-…` change single members of it. What was not said stays.
 *
 * @throws Failure `not-in-list` where a member is to be removed that is not there
 */
export function editSpec(fields: readonly Field[], said: Said, present: Spec): Spec {
  let spec = present;
  for (const field of fields) {
    const path = field.key.split('.');
    const value = field.kind === 'list' ? editedList(field, said, valueAt(present, path)) : said[field.flag];
    if (value === undefined) continue;
    const gone = value === '' || (Array.isArray(value) && value.length === 0 && field.mayBeEmpty !== true);
    spec = withValue(spec, path, gone ? undefined : value);
  }
  return spec;
}

function valueAt(spec: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => asSpec(inner)[key], spec);
}

/** A copy with another value at a path; without it, and what is empty around it, where that is undefined. */
function withValue(spec: Spec, [key = '', ...rest]: readonly string[], value: unknown): Spec {
  const inner = rest.length === 0 ? value : withValue(asSpec(spec[key]), rest, value);
  const gone = inner === undefined || (rest.length > 0 && Object.keys(asSpec(inner)).length === 0);
  if (!gone) return { ...spec, [key]: inner };
  const { [key]: _, ...others } = spec;
  return others;
}

function asSpec(value: unknown): Spec {
  return typeof value === 'object' && value !== null ? (value as Spec) : {};
}

function editedList({ flag }: Field, said: Said, present: unknown): readonly string[] | undefined {
  const replaced = said[flag] === undefined ? undefined : members(said[flag]);
  const added = members(said[`add-${flag}`]);
  const removed = members(said[`remove-${flag}`]);
  if (replaced === undefined && added.length === 0 && removed.length === 0) return undefined;
  const list = replaced ?? members(present);
  for (const member of removed) if (!list.includes(member)) throw notInList(flag, member, list);
  return [...list.filter((member) => !removed.includes(member)), ...added.filter((member) => !list.includes(member))];
}

/** `--url ""` is a list of nothing. */
function members(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String).filter((member) => member !== '') : [];
}

function notInList(flag: string, member: string, list: readonly string[]): Failure {
  const guess = nearest(member, list);
  return new Failure({
    code: 'not-in-list',
    exit: EXIT.usage,
    message: `--remove-${flag}: ${member} is not there.${guess === null ? '' : ` Did you mean ${guess}?`}`,
    remedy: list.length === 0 ? 'There is nothing to remove.' : `There are: ${list.join(', ')}`,
    details: { flag: `--remove-${flag}`, member, present: list },
  });
}

/** The words of a command line that says the same. */
export function wordsOf(fields: readonly Field[], said: Said): readonly string[] {
  return fields.flatMap(({ flag, kind }) => {
    const value = said[flag];
    if (value === undefined || value === '') return [];
    if (kind === 'switch') return [value === true ? `--${flag}` : `--no-${flag}`];
    return (Array.isArray(value) ? value : [value]).flatMap((member) => [`--${flag}`, String(member)]);
  });
}
