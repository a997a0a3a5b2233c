import { Flags } from '@oclif/core';

const filter = (summary: string) =>
  Flags.string({ summary, helpGroup: 'LIST', helpValue: 'ID', multiple: true, multipleNonGreedy: true });

export const siteFilter = filter('Only what concerns this site; repeatable.');
export const marketFilter = filter('Only what concerns this market; repeatable.');

/** Whether any of the wanted ids is there; without a wish everything is wanted. */
export function among(wanted: readonly string[] | undefined, present: readonly string[]): boolean {
  return wanted === undefined || present.some((id) => wanted.includes(id));
}
