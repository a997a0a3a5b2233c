import type { z } from 'zod';
import { ID_PATTERN, LONGEST_ID } from '../domain/document/id-pattern.ts';

/** One member of an object that can be read without a schema. */
export interface PlainMember {
  /** Whether the schema takes a value as it is. */
  readonly fits: (value: unknown) => boolean;
  /** Whether it may be missing. */
  readonly optional?: true;
  /** What stands where it is missing. */
  readonly otherwise?: string | boolean;
}

const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= longest;

export const PLAIN_ID: PlainMember = { fits: (value) => isText(value, LONGEST_ID) && ID_PATTERN.test(value) };

export const PLAIN_FLAG: PlainMember = { fits: (value) => typeof value === 'boolean' };

/** @param longest in UTF-16 units */
export const plainText = (longest: number): PlainMember => ({ fits: (value) => isText(value, longest) });

export const optional = ({ fits }: PlainMember): PlainMember => ({ fits, optional: true });

export const otherwise = ({ fits }: PlainMember, value: string | boolean): PlainMember => ({ fits, otherwise: value });

/**
 * A schema that is loaded only for what needs it: a value with these members, in a form that says the same after the
 * schema as before, is read without it. Loading what schemas are made with takes longer than the rest of a read.
 */
export function plainly<S extends z.ZodType>(
  load: () => Promise<S>,
  members: Readonly<Record<string, PlainMember>>,
): (() => Promise<S>) & { readonly plain: (value: unknown) => object | undefined } {
  return Object.assign(load, { plain: (value: unknown) => readPlain(value, members) });
}

function readPlain(value: unknown, members: Readonly<Record<string, PlainMember>>): object | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  for (const name of Object.keys(value)) if (!Object.hasOwn(members, name)) return undefined;
  const read: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(members)) {
    if (!Object.hasOwn(value, name)) {
      if (member.otherwise !== undefined) read[name] = member.otherwise;
      else if (member.optional !== true) return undefined;
      continue;
    }
    const given: unknown = Reflect.get(value, name);
    if (!member.fits(given)) return undefined;
    read[name] = given;
  }
  return read;
}
