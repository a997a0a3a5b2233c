import type { LongOperation } from '../../contract/shapes.ts';
import { EXIT, Failure, type Problem } from '../../domain/failure.ts';
import type { UploadKind, UploadRow } from '../store/rows.ts';
import type { ReadTables } from '../store/store.ts';
import { storedList } from '../store/store-damage.ts';
import { notFound } from './not-found.ts';
import type { LineProblem } from './uploaded-line.ts';

/** @throws Failure `not-found` */
export async function uploadRow(tables: ReadTables, id: string): Promise<UploadRow> {
  const row = await tables.uploads.get(id);
  if (row === null) throw notFound('operation', id);
  return row;
}

/** @throws Failure `not-found`, `operation-ended` */
export async function running(tables: ReadTables, id: string): Promise<UploadRow> {
  const row = await uploadRow(tables, id);
  requireRunning(row);
  return row;
}

/** @throws Failure `operation-ended` */
export function requireRunning(row: UploadRow): void {
  if (row.state === 'running') return;
  throw new Failure({
    code: 'operation-ended',
    exit: EXIT.usage,
    message: `Operation ${row.id} has ${row.state === 'cancelled' ? 'been cancelled' : 'succeeded'} already.`,
    remedy: 'Begin another upload.',
    details: { operation: row.id, state: row.state },
  });
}

export function otherOffset(row: UploadRow, offset: number): Failure {
  return new Failure({
    code: 'upload-offset',
    exit: EXIT.unavailable,
    message: `The upload has ${row.received} lines and goes on there; these lines begin at ${offset}.`,
    remedy: `Send the lines from ${row.received} on.`,
    details: { operation: row.id, received: row.received, offset },
  });
}

export function problemsOf({ id, problems }: UploadRow): readonly LineProblem[] {
  return storedList(problems, `upload ${id}`) as readonly LineProblem[];
}

/** Lines that are neither what the upload is of nor blank. */
export function wrong({ received, accepted, blank }: UploadRow): number {
  return received - accepted - blank;
}

const NOUN: Readonly<Record<UploadKind, string>> = { rules: 'rule', products: 'product', listings: 'listing' };

export function wrongLines(row: UploadRow): Failure {
  const count = wrong(row);
  const problems = problemsOf(row).map(
    ({ line, message }): Problem => ({
      code: `invalid-${NOUN[row.kind]}`,
      severity: 'error',
      message,
      place: { line },
    }),
  );
  return new Failure({
    code: 'invalid-document',
    exit: EXIT.usage,
    message: `${count} of the ${row.received} lines are no ${row.kind}; the first is line ${problems[0]?.place?.line}.`,
    remedy: 'Correct the lines and upload them all again.',
    details: { problems, count },
  });
}

/** An upload as the operation that anyone can poll. */
export function shown(row: UploadRow): LongOperation {
  const { id, kind, state, createdAt, updatedAt, received, accepted, content } = row;
  return {
    id,
    kind: `${kind}-upload`,
    state,
    createdAt,
    updatedAt,
    progress: { received },
    problems: problemsOf(row),
    result: content === null ? null : { content, count: accepted },
  };
}
