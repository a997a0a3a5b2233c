import type { Resource } from '../../domain/document/resources.ts';
import { NOUN, type Section } from '../../domain/document/sections.ts';
import { EXIT, Failure } from '../../domain/failure.ts';

/** The strong ETag of a version (RFC 9110, 8.8.3). */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/**
 * Holds what a write expects against what is there: an ETag, `*` for any version, null for "none yet".
 *
 * @throws Failure `stale` with both versions and what stands there now
 */
export function requireVersion(
  section: Section,
  id: string,
  present: Resource | null,
  ifMatch: string | null | undefined,
): void {
  const there = present === null ? null : etagOf(present.version);
  const holds = ifMatch === '*' ? there !== null : (ifMatch ?? null) === there;
  if (holds) return;
  const noun = NOUN[section];
  throw new Failure({
    code: 'stale',
    exit: EXIT.stale,
    message:
      there === null
        ? `There is no ${noun} ${id} (any more). Nothing was written.`
        : ifMatch === null
          ? `There is a ${noun} ${id} already, at version ${present?.version}. Nothing was written.`
          : `${noun} ${id} is at version ${present?.version} now; ${ifMatch} was expected. Nothing was written.`,
    remedy: 'Read it again, look at what is different, and write on top of that version.',
    details: { target: `${section}/${id}`, expected: ifMatch, present: there, spec: present?.spec ?? null },
  });
}
