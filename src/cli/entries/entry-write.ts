import type { Client } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import type { Consented, Plan } from '../../contract/shapes.ts';
import { pathOf, pointerOf } from '../../domain/document/pointer.ts';
import type { EntrySection } from '../../domain/document/sections.ts';
import { Failure, type Problem } from '../../domain/failure.ts';
import { type Confirmation, GUARDS } from '../../domain/plan/plan.ts';
import type { PlannedWrite } from '../plans/carry-out.ts';
import { inWordsOfConsent } from '../plans/consent-problems.ts';
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

/**
 * One entry as a small change set. It is planned by a dry run of the very call that writes it, so every check of the
 * real one is made; what somebody wrote meanwhile makes the real one fail as `stale`.
 */
export function entryWrite(client: Client, write: EntryWrite): PlannedWrite {
  return {
    plan: () => inWordsOfFlags(write, () => planned(client, write)),
    apply: async (_plan, consent) => {
      try {
        return (await send(client, write, consent, false)).change;
      } catch (error) {
        throw inWordsOfConsent(error);
      }
    },
  };
}

async function send(client: Client, { section, id, spec, etag }: EntryWrite, consent: Consented, dryRun: boolean) {
  const common = { params: { id }, query: { dryRun }, ifMatch: etag };
  const sent = { ...consent, confirm: [...consent.confirm], overrides: [...consent.overrides] };
  // The operations of all sections have one form; the platform checks the spec against its own section's schema.
  const { put, remove } = api[section] as typeof api.sites;
  const { value } =
    spec === null
      ? await client.call(remove, { ...common, body: { consent: sent } })
      : await client.call(put, { ...common, body: { spec: spec as never, consent: sent } });
  return value;
}

/**
 * A dry run refuses what was not consented to, as the real call does. To learn what consent is about, this one consents
 * to everything, and is repeated with the ids that it is told of.
 */
async function planned(client: Client, write: EntryWrite): Promise<Plan> {
  const everything = (confirm: readonly string[]): Consented => ({
    reason: 'dry run',
    allowDeletes: true,
    confirm,
    overrides: GUARDS,
  });
  try {
    return (await send(client, write, everything([write.id]), true)).plan;
  } catch (error) {
    const ids = idsToConfirm(error);
    if (ids === null) throw error;
    return (await send(client, write, everything(ids), true)).plan;
  }
}

function idsToConfirm(error: unknown): readonly string[] | null {
  if (!(error instanceof Failure) || error.code !== 'confirmation-needed') return null;
  const { confirm } = error.details as { readonly confirm?: readonly Confirmation[] };
  return confirm?.map(({ id }) => id) ?? null;
}

/** A fault of this entry is a fault of what a flag said: the flag is named as its place. */
async function inWordsOfFlags<T>(write: EntryWrite, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const problems = problemsOf(error, write);
    if (problems.length === 0) throw error;
    const placed = problems.map((problem) => atFlag(problem, write));
    const errors = placed.filter(({ severity }) => severity === 'error').length;
    throw new Failure({
      code: error.code,
      exit: error.exit,
      message: `Nothing was written: ${errors === 1 ? 'one thing is' : `${errors} things are`} wrong.`,
      details: { problems: placed },
      cause: error,
    });
  }
}

function atFlag(problem: Problem, { section, id, fields }: EntryWrite): Problem {
  const [kind, entry, key] = pathOf(problem.place?.pointer ?? '');
  const field = kind === section && entry === id ? fields.find((own) => own.key === key) : undefined;
  return field === undefined ? problem : { ...problem, place: { file: `--${field.flag}` } };
}

interface RequestError {
  readonly pointer?: string;
  readonly detail: string;
}

/** What is wrong with what entries say of each other, or with the form of this one. */
function problemsOf({ code, details }: Failure, { section, id }: EntryWrite): readonly Problem[] {
  const { problems = [], errors = [] } = (details ?? {}) as {
    readonly problems?: readonly Problem[];
    readonly errors?: readonly RequestError[];
  };
  if (code === 'invalid-document') return problems;
  if (code !== 'invalid-request') return [];
  return errors.map(({ pointer = '', detail }): Problem => {
    const [, ...path] = pathOf(pointer);
    return { code, severity: 'error', message: detail, place: { pointer: pointerOf([section, id, ...path]) } };
  });
}
