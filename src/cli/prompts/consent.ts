import { Flags } from '@oclif/core';
import { EXIT, Failure } from '../../domain/failure.ts';
import { GUARDS } from '../../domain/plan/plan.ts';
import type { Ask } from './ask.ts';

/** The flags of every write; spread them into a write command's `flags`. */
export const writeFlags = {
  'dry-run': Flags.boolean({ summary: 'Do every check and write nothing.', helpGroup: 'WRITE' }),
  yes: Flags.boolean({ summary: 'Write without asking.', helpGroup: 'WRITE' }),
  reason: Flags.string({
    summary: 'Why, for the audit trail.',
    helpGroup: 'WRITE',
    helpValue: 'TEXT',
    parse: async (text) => readReason(text),
  }),
  'allow-deletes': Flags.boolean({ summary: 'Consent to deletes; --yes alone does not.', helpGroup: 'WRITE' }),
  confirm: Flags.string({
    summary: 'Consent to what changes visitors’ answers at once; repeatable.',
    helpGroup: 'WRITE',
    helpValue: 'ID',
    multiple: true,
    multipleNonGreedy: true,
  }),
  override: Flags.option({ options: GUARDS, multiple: true })({
    summary: 'Let this guard through; needs --reason; repeatable.',
    helpGroup: 'WRITE',
    helpValue: 'GUARD',
    multipleNonGreedy: true,
  }),
};

/** Characters that the audit trail keeps of a reason. */
const LONGEST_REASON = 2000;

/** A variable that is not set leaves `--reason ""`, which is told before anything is planned. */
function readReason(text: string): string {
  const reason = text.trim();
  if (reason !== '' && reason.length <= LONGEST_REASON) return reason;
  throw new Failure({
    code: 'invalid-flag',
    exit: EXIT.usage,
    message:
      reason === ''
        ? '--reason is empty: the audit trail would not say why.'
        : `--reason has ${reason.length} characters; the audit trail keeps ${LONGEST_REASON}.`,
    remedy:
      reason === ''
        ? 'Say why, or leave --reason out. Does it come from a variable that is not set?'
        : 'Say it shorter, with a link to the rest.',
  });
}

/** Of the writes that take a document. */
export const allowEmptyFlag = {
  'allow-empty': Flags.boolean({ summary: 'Let an empty section delete everything it managed.', helpGroup: 'WRITE' }),
};

/** What a write is about to do, as far as consent goes. */
export interface ConsentNeeded {
  /** One line: what is about to be written, where. */
  readonly summary: string;
  readonly deletes: number;
  /** What changes visitors' answers at once; each is confirmed by its id. */
  readonly immediate: readonly { readonly id: string; readonly why: string }[];
  /** Further flags that are missing; named with the others where nobody can be asked. */
  readonly further?: readonly string[];
}

export interface ConsentGiven {
  readonly yes: boolean;
  readonly allowDeletes: boolean;
  readonly confirm: readonly string[];
}

export interface ConsentFlags {
  readonly yes: boolean;
  readonly 'allow-deletes': boolean;
  readonly confirm?: readonly string[] | undefined;
}

export function consentOf(flags: ConsentFlags): ConsentGiven {
  return { yes: flags.yes, allowDeletes: flags['allow-deletes'], confirm: flags.confirm ?? [] };
}

/**
 * Returns when the write may go ahead. What flags have not said is asked; with `ask` null (nobody to ask) the usage failure
 * `consent-needed` lists everything that is missing at once. Confirmations of other ids do no harm.
 */
export async function obtainConsent(needed: ConsentNeeded, given: ConsentGiven, ask: Ask | null): Promise<void> {
  const unconfirmed = needed.immediate.filter(({ id }) => !given.confirm.includes(id));
  const deletesMissing = needed.deletes > 0 && !given.allowDeletes;
  const furtherMissing = ask === null && (needed.further ?? []).length > 0;
  if (given.yes && !deletesMissing && unconfirmed.length === 0 && !furtherMissing) return;
  if (ask === null) throw consentMissing(needed, given);

  for (const { id, why } of unconfirmed) {
    const typed = await ask({ kind: 'text', message: `${why} Type ${id} to go ahead:` });
    if (typed !== id) throw declined(`"${id}" was not confirmed`);
  }
  if (deletesMissing && !(await ask({ kind: 'yes-no', message: `Delete ${needed.deletes}?` }))) {
    throw declined('the deletes were not allowed');
  }
  // Who typed an id or allowed deletes has still not seen the whole: the last question is about all of it.
  if (!given.yes && !(await ask({ kind: 'yes-no', message: `${needed.summary} Go ahead?` }))) {
    throw declined('the answer was no');
  }
}

function consentMissing(needed: ConsentNeeded, given: ConsentGiven): Failure {
  const flags = [
    ...(given.yes ? [] : ['--yes']),
    ...(needed.deletes > 0 && !given.allowDeletes ? ['--allow-deletes'] : []),
    // Every id, confirmed or not: the line below can be copied as it is.
    ...needed.immediate.map(({ id }) => `--confirm ${id}`),
    ...(needed.further ?? []),
  ];
  const reasons = needed.immediate.map(({ id, why }) => `\n  ${id}: ${why}`).join('');
  return new Failure({
    code: 'consent-needed',
    exit: EXIT.usage,
    message: `${needed.summary} Nothing was written: this needs consent.${reasons}`,
    remedy: `Add ${flags.join(' ')}`,
    details: {
      flags,
      deletes: needed.deletes,
      confirm: needed.immediate.map(({ id }) => id),
    },
  });
}

function declined(why: string): Failure {
  return new Failure({ code: 'declined', exit: EXIT.usage, message: `Nothing was written: ${why}.` });
}
