import type { Client } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import { pathOf, pointerOf } from '../../domain/document/pointer.ts';
import type { EntrySection } from '../../domain/document/sections.ts';
import type { Problem } from '../../domain/failure.ts';
import { callWrite, type SentConsent } from '../plans/call-write.ts';
import type { PlannedWrite } from '../plans/carry-out.ts';
import type { Field, Spec } from './fields.ts';

/** One entry as it is to be. */
export interface EntryWrite {
  readonly section: EntrySection;
  readonly id: string;
  /** null removes it. */
  readonly spec: Spec | null;
  /** The version that is replaced; null where there must be none yet. */
  readonly etag: string | null;
  /** Names the flags that a fault is about. */
  readonly fields: readonly Field[];
}

/** One entry as a small change set. */
export function entryWrite(client: Client, write: EntryWrite): PlannedWrite {
  const { section, id } = write;
  return callWrite({
    confirm: [id],
    send: (consent, dryRun) => send(client, write, consent, dryRun),
    placed: (problem) => atFlag(problem, write),
    pointerOf(pointer) {
      const [, ...path] = pathOf(pointer);
      return pointerOf([section, id, ...path]);
    },
  });
}

async function send(client: Client, { section, id, spec, etag }: EntryWrite, consent: SentConsent, dryRun: boolean) {
  const common = { params: { id }, query: { dryRun }, ifMatch: etag };
  // The operations of all sections have one form; the platform checks the spec against its own section's schema.
  const { put, remove } = api[section] as typeof api.sites;
  const { value } =
    spec === null
      ? await client.call(remove, { ...common, body: { consent } })
      : await client.call(put, { ...common, body: { spec: spec as never, consent } });
  return value;
}

function atFlag(problem: Problem, { section, id, fields }: EntryWrite): Problem {
  const [kind, entry, ...path] = pathOf(problem.place?.pointer ?? '');
  const field = kind === section && entry === id ? closestField(fields, path) : undefined;
  return field === undefined ? problem : { ...problem, place: { file: `--${field.flag}` } };
}

/** The field that names a place most closely; else one that lies inside it. */
function closestField(fields: readonly Field[], path: readonly string[]): Field | undefined {
  const covering = fields.filter((own) => covers(own, path));
  const around = covering.filter(({ key }) => key.split('.').length <= path.length);
  return around.toSorted((a, b) => b.key.split('.').length - a.key.split('.').length)[0] ?? covering[0];
}

/** Whether a place inside an entry is in this field, or around it. */
function covers({ key }: Field, path: readonly string[]): boolean {
  return (
    path.length > 0 && key.split('.').every((step, i) => path[i] === undefined || step === '*' || path[i] === step)
  );
}
