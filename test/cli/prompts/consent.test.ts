import { describe, expect, it } from 'vitest';
import type { Ask, Question, Reply } from '../../../src/cli/prompts/ask.ts';
import { type ConsentGiven, type ConsentNeeded, obtainConsent } from '../../../src/cli/prompts/consent.ts';

const NONE: ConsentGiven = { yes: false, allowDeletes: false, confirm: [] };
const YES: ConsentGiven = { ...NONE, yes: true };

const harmless: ConsentNeeded = { summary: '3 creations in prod.', deletes: 0, immediate: [] };
const deleting: ConsentNeeded = { ...harmless, deletes: 2 };
const immediate: ConsentNeeded = {
  ...harmless,
  immediate: [
    { id: 'poco-2024', why: 'Its dark instant is past.' },
    { id: 'poco-india', why: 'The exception ends.' },
  ],
};

function scripted(...replies: readonly Reply[]): { readonly ask: Ask; readonly asked: Question[] } {
  const asked: Question[] = [];
  const queue = [...replies];
  return {
    asked,
    ask: async (question) => {
      asked.push(question);
      const reply = queue.shift();
      if (reply === undefined) throw new Error(`nothing to answer to: ${question.message}`);
      return reply;
    },
  };
}

describe('consent without anybody to ask', () => {
  it.each<[string, ConsentNeeded, ConsentGiven, readonly string[] | null]>([
    ['a write', harmless, NONE, ['--yes']],
    ['a write with --yes', harmless, YES, null],
    ['deletes', deleting, NONE, ['--yes', '--allow-deletes']],
    ['deletes with --yes alone', deleting, YES, ['--allow-deletes']],
    ['deletes with --allow-deletes alone', deleting, { ...NONE, allowDeletes: true }, ['--yes']],
    ['deletes with both', deleting, { ...YES, allowDeletes: true }, null],
    ['what is immediate', immediate, YES, ['--confirm poco-2024', '--confirm poco-india']],
    [
      'what is immediate, half of it',
      immediate,
      { ...YES, confirm: ['poco-2024'] },
      ['--confirm poco-2024', '--confirm poco-india'],
    ],
    ['what is immediate, all of it and more', immediate, { ...YES, confirm: ['x', 'poco-india', 'poco-2024'] }, null],
    [
      'what is immediate, confirmed without --yes',
      immediate,
      { ...NONE, confirm: ['poco-india', 'poco-2024'] },
      ['--yes', '--confirm poco-2024', '--confirm poco-india'],
    ],
  ])('to %s', async (_, needed, given, flags) => {
    const consent = obtainConsent(needed, given, null);
    if (flags === null) await expect(consent).resolves.toBeUndefined();
    else await expect(consent).rejects.toMatchObject({ code: 'consent-needed', exit: 2, details: { flags } });
  });
});

describe('consent at a terminal', () => {
  it('asks once for a plain write', async () => {
    const { ask, asked } = scripted(true);
    await obtainConsent(harmless, NONE, ask);
    expect(asked.map(({ message }) => message)).toEqual(['3 creations in prod. Go ahead?']);
  });

  it('asks for nothing that flags have said', async () => {
    const { ask, asked } = scripted();
    await obtainConsent(deleting, { ...YES, allowDeletes: true }, ask);
    expect(asked).toEqual([]);
  });

  it('has ids typed, then deletes allowed, then the whole', async () => {
    const { ask, asked } = scripted('poco-india', true, true);
    await obtainConsent({ ...immediate, deletes: 1 }, { ...NONE, confirm: ['poco-2024'] }, ask);
    expect(asked.map(({ kind }) => kind)).toEqual(['text', 'yes-no', 'yes-no']);
  });

  it.each<[string, ConsentNeeded, readonly Reply[]]>([
    ['a no', harmless, [false]],
    ['another id', immediate, ['poco']],
    ['a yes where an id is asked for', immediate, ['yes']],
    ['deletes refused', deleting, [false]],
  ])('is withheld by %s', async (_, needed, replies) => {
    await expect(obtainConsent(needed, NONE, scripted(...replies).ask)).rejects.toMatchObject({
      code: 'declined',
      exit: 2,
    });
  });
});
