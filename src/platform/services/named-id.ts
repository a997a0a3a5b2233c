import { EXIT, Failure } from '../../domain/failure.ts';
import { notFound } from './not-found.ts';

/** Characters of an id that are enough to name it, where no other begins with them. */
const SHORTEST = 6;
/** Candidates that are told of a name that several have. */
export const MOST_NAMED = 10;

export interface NamedAmong {
  readonly noun: string;
  readonly remedy: string;
  /** Ids that begin so, at most so many. */
  readonly beginning: (start: string, limit: number) => Promise<readonly string[]>;
}

/** Whether so much of an id may be taken for the whole. */
export function namesByBeginning(start: string): boolean {
  return start.length >= SHORTEST && /^[0-9a-z-]+$/.test(start);
}

/**
 * The whole id that the beginning of one names.
 *
 * @throws Failure `not-found` (5) where none begins so, `ambiguous-id` (2) with the candidates where several do
 */
export async function idBeginning(named: string, { noun, remedy, beginning }: NamedAmong): Promise<string> {
  // Ids are of these characters alone, so that none of a pattern's reaches the store.
  const start = named.toLowerCase();
  if (!namesByBeginning(start)) throw notFound(noun, named, remedy);
  const [first, ...others] = await beginning(start, MOST_NAMED);
  if (first === undefined) throw notFound(noun, named, remedy);
  if (others.length === 0) return first;
  const candidates = [first, ...others];
  throw new Failure({
    code: 'ambiguous-id',
    exit: EXIT.usage,
    message: `Several ${noun}s begin with ${start}:${candidates.map((id) => `\n  ${id}`).join('')}`,
    remedy: 'Give more of the id.',
    details: { noun, start, candidates },
  });
}
