import { ID_PATTERN } from '../../domain/document/id-pattern.ts';
import { EXIT, Failure } from '../../domain/failure.ts';

/**
 * Refuses what cannot be the id of a new entry. Throws the usage failure `invalid-id`.
 *
 * @param example an id of this kind
 */
export function requireId(id: string, example = 'poco-gb'): void {
  if (ID_PATTERN.test(id)) return;
  throw new Failure({
    code: 'invalid-id',
    exit: EXIT.usage,
    message: `"${id}" is no id.`,
    remedy: `Use lower-case letters and digits in groups joined by single hyphens, such as ${example}.`,
    details: { id },
  });
}
