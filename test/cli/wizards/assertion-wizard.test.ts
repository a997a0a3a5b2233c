import { describe, expect, it } from 'vitest';
import {
  ASSERTION_FIELDS,
  ASSERTION_KINDS,
  editAssertion,
  missingOfAssertion,
} from '../../../src/cli/entries/assertion-fields.ts';
import type { Question, Reply } from '../../../src/cli/prompts/ask.ts';
import { runWizard } from '../../../src/cli/prompts/wizard.ts';
import { assertionWizard } from '../../../src/cli/wizards/assertion-wizard.ts';
import { saidOf } from '../../../src/cli/wizards/entry-wizard.ts';
import { AssertionSpec } from '../../../src/domain/document/assertion-schema.ts';
import { temporaryFolder } from '../support/in-process.ts';

/** Answers questions by a word of their message; nothing to what is not named. */
async function answered(replies: Readonly<Record<string, Reply>>, given = {}) {
  const asked: Question[] = [];
  const answers = await runWizard(assertionWizard(new Set()), {
    stateFolder: temporaryFolder(),
    say: async () => {},
    given,
    ask: async (question) => {
      asked.push(question);
      return Object.entries(replies).find(([word]) => question.message.includes(word))?.[1] ?? '';
    },
  });
  return { said: saidOf(ASSERTION_FIELDS, answers), asked };
}

const TYPED: Readonly<Record<(typeof ASSERTION_KINDS)[number], Readonly<Record<string, string>>>> = {
  'every-url-ends': { 'Which URLs?': 'https://po.co/a https://po.co/b', 'which hosts': 'www.mi.com' },
  'nothing-captures': { 'Which places': 'https://poco.in/' },
  'no-target': { 'Which pages': 'https://www.mi.com/' },
  answers: { 'which answers': 'https://po.co/a,b 410, https://po.co/c redirect 301 https://www.mi.com/c,' },
};

describe('the assertion wizard', () => {
  it('offers every kind that an assertion can have', () => {
    expect([...ASSERTION_KINDS].sort()).toEqual(AssertionSpec.options.map(({ shape }) => shape.kind.value).sort());
  });

  it.each(ASSERTION_KINDS)('asks for all that %s needs', async (kind) => {
    const { said } = await answered({ 'has to hold': kind, 'Id of': 'mine', ...TYPED[kind] });
    expect(missingOfAssertion(said)).toEqual([]);
    expect(AssertionSpec.safeParse(editAssertion(said, {})).error).toBeUndefined();
  });

  it('takes an answer to each of several URLs, and leaves commas within them', async () => {
    const { said, asked } = await answered({ 'has to hold': 'answers', ...TYPED.answers });
    expect(editAssertion(said, {})['expect']).toEqual({
      'https://po.co/a,b': { status: 410 },
      'https://po.co/c': { outcome: 'redirect', status: 301, location: 'https://www.mi.com/c' },
    });
    const question = asked.find(({ message }) => message.includes('which answers'));
    const check = question?.kind === 'text' ? question.check : undefined;
    expect(await check?.('https://po.co/a')).toContain('does not say what its URL answers');
    expect(await check?.('https://po.co/a 410, https://po.co/b gone')).toBeNull();
  });

  it('does not ask for places that a flag has named by their site', async () => {
    const { asked } = await answered({}, { kind: 'nothing-captures', site: ['poco-in'], id: 'x' });
    expect(asked.map(({ message }) => message.split(' ', 1)[0])).toEqual(['Why,', 'From', 'Until']);
  });
});
