import { nearest } from '../../nearest.ts';
import type { DocumentPath } from '../pointer.ts';
import type { SpecOf } from '../resources.ts';
import { NOUN, type Section } from '../sections.ts';
import type { Checking } from './checking.ts';

/** The entry that an id names; reports it where it must be there and is not. */
export function referenced<S extends Section>(
  { specs, known, faults }: Checking,
  section: S,
  id: string,
  path: DocumentPath,
): SpecOf[S] | undefined {
  const entries = specs[section] as ReadonlyMap<string, SpecOf[S]>;
  const spec = entries.get(id);
  if (spec === undefined && known.has(section)) {
    const suggestion = nearest(id, entries.keys());
    faults.error(
      'unknown-reference',
      path,
      `there is no ${NOUN[section]} \`${id}\``,
      suggestion === null
        ? `add it under \`${section}\`, or take out what names it`
        : `did you mean \`${suggestion}\`?`,
    );
  }
  return spec;
}

/** Reports what a list names twice. */
export function checkDistinct({ faults }: Pick<Checking, 'faults'>, list: readonly string[], path: DocumentPath): void {
  const seen = new Set<string>();
  list.forEach((item, i) => {
    if (seen.has(item)) faults.error('duplicate', [...path, i], `\`${item}\` is named twice`, 'name it once');
    seen.add(item);
  });
}
