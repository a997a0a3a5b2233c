import { ID_PATTERN } from '../../domain/document/schema-atoms.ts';
import { EXIT, Failure } from '../../domain/failure.ts';

/** Refuses what cannot be the id of a new entry. Throws the usage failure `invalid-id`. */
export function requireId(id: string): void {
  if (ID_PATTERN.test(id)) return;
  throw new Failure({
    code: 'invalid-id',
    exit: EXIT.usage,
    message: `"${id}" is no id.`,
    remedy: 'Use lower-case letters and digits in groups joined by single hyphens, such as poco-gb.',
    details: { id },
  });
}
