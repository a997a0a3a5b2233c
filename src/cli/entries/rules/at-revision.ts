import { EXIT, Failure } from '../../../domain/failure.ts';
import type { Entry } from '../entry.ts';

/** A ruleset as it was at one of its revisions. Throws Failure `not-found` where it has none of that number. */
export function atRevision(ruleset: Entry<'rulesets'>, revision: number | undefined): Entry<'rulesets'> {
  if (revision === undefined) return ruleset;
  const found = ruleset.revisions?.find((own) => own.revision === revision);
  if (found !== undefined) return { ...ruleset, spec: found.spec };
  const last = ruleset.revisions?.at(-1)?.revision ?? 0;
  throw new Failure({
    code: 'not-found',
    exit: EXIT.notFound,
    message: `The ruleset ${ruleset.id} has no revision ${revision}.`,
    remedy: `It has the revisions 1 to ${last}.`,
    details: { noun: 'revision', id: revision, last },
  });
}
