import { api } from '../../contract/operations/index.ts';
import { type AssertionResultJson, assertionJson } from '../../domain/assertions/result.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { nearest } from '../../domain/nearest.ts';
import { formatInstant } from '../../domain/time/format-time.ts';
import { TZDB } from '../answers/asked-time.ts';
import type { Client } from '../connection.ts';
import { placed, requireDocument, wrongDocument } from '../document/load-document.ts';
import { requireResource } from '../entries/read.ts';
import type { Surroundings } from '../surroundings.ts';

export interface CheckedFailure extends Omit<AssertionResultJson['failures'][number], 'from' | 'until'> {
  /** RFC 3339 UTC; null for an open end. */
  readonly from: string | null;
  readonly until: string | null;
}

export interface CheckedAssertion extends Omit<AssertionResultJson, 'failures'> {
  readonly failures: readonly CheckedFailure[];
}

export interface Checked {
  readonly assertions: readonly CheckedAssertion[];
}

/**
 * Whether assertions hold: those of a document, over all of its time, or those of the platform, from now on.
 *
 * @throws Failure `not-found`, `unreadable-file`, `invalid-document`, `not-checkable`
 */
export async function checkedFrom(
  surroundings: Surroundings,
  id: string | undefined,
  file: string | undefined,
  open: () => Promise<Client>,
): Promise<Checked> {
  if (file !== undefined) return { assertions: (await ofDocument(surroundings, id, file)).map(viewOf) };
  const client = await open();
  if (id !== undefined) await requireResource(client, 'assertions', id);
  const { value } = await client.call(api.answers.assertions, { query: id === undefined ? {} : { id } });
  return { assertions: value.assertions.map(viewOf) };
}

async function ofDocument(
  surroundings: Surroundings,
  id: string | undefined,
  file: string,
): Promise<readonly AssertionResultJson[]> {
  const loaded = await requireDocument(surroundings, file);
  const { documentFindings } = await import('../document/document-findings.ts');
  const { documents, problems, assertions, unchecked } = documentFindings(
    loaded,
    loaded.document,
    TZDB,
    surroundings.now(),
  );
  if (problems.some(({ severity }) => severity === 'error')) throw wrongDocument(loaded.file, placed(problems, loaded));
  if (id !== undefined && !documents.assertions.has(id)) throw unknown(loaded.file, id, documents.assertions.keys());
  const withheld = unchecked.find((one) => one.startsWith('assertions:'));
  if (withheld !== undefined) throw notCheckable(loaded.file, withheld.slice('assertions: '.length));
  return assertions.filter((one) => id === undefined || one.id === id).map(assertionJson);
}

function viewOf(result: AssertionResultJson): CheckedAssertion {
  const text = (at: number | null): string | null => (at === null ? null : formatInstant(at));
  return {
    ...result,
    failures: result.failures.map((failure) => ({ ...failure, from: text(failure.from), until: text(failure.until) })),
  };
}

function unknown(file: string, id: string, known: Iterable<string>): Failure {
  const guess = nearest(id, known);
  return new Failure({
    code: 'not-found',
    exit: EXIT.notFound,
    message: `${file} has no assertion ${id}.${guess === null ? '' : ` Did you mean ${guess}?`}`,
    details: { noun: 'assertion', id, nearest: guess },
  });
}

function notCheckable(file: string, why: string): Failure {
  return new Failure({
    code: 'not-checkable',
    exit: EXIT.usage,
    message: `The assertions of ${file} cannot be checked by themselves: ${why}.`,
    remedy: 'Plan the document: a plan checks them with what the platform has.',
  });
}
