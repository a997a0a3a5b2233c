import { EXIT, Failure, type Problem } from '../failure.ts';

/** So many users are named. */
const NAMED = 5;

/** Faults that say that something named is not there. */
const MISSING = ['unknown-reference', 'unknown-sku'];

/**
 * Why nothing can be taken away that others name: who does.
 *
 * @param taken what is taken away or taken back; null where nothing is
 * @returns null where that is not what is wrong
 */
export function inUse(taken: ReadonlySet<string> | null, problems: readonly Problem[]): Failure | null {
  if (taken === null) return null;
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.some(({ code }) => !MISSING.includes(code))) return null;
  const uses = errors.map(({ place, message }) => ({
    by: targetAt(place?.pointer ?? ''),
    text: message.replace(/^there is no /, 'there would be no '),
  }));
  // What is put back and names what is gone since is wrong itself.
  if (uses.some(({ by }) => taken.has(by))) return null;
  const texts = [...new Set(uses.map(({ by, text }) => `${by} uses it (${text})`))];
  const more = texts.length > NAMED ? `; and ${texts.length - NAMED} more` : '';
  return new Failure({
    code: 'in-use',
    exit: EXIT.blocked,
    message: `What this takes away is still used: ${texts.slice(0, NAMED).join('; ')}${more}`,
    remedy: 'Change those first, or change all of it at once in a document.',
    details: { uses },
  });
}

/** `shutdowns/close` of `/shutdowns/close/sites/0`. */
function targetAt(pointer: string): string {
  return pointer.split('/').slice(1, 3).join('/');
}
