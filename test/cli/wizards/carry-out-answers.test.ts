import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answer } from '../../../src/cli/answer.ts';
import { runWizard, type Wizard } from '../../../src/cli/prompts/wizard.ts';
import { carryOutAnswers } from '../../../src/cli/wizards/carry-out-answers.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { temporaryFolder } from '../support/in-process.ts';

const WIZARD: Wizard = {
  name: 'shutdowns-schedule',
  steps: ['title', 'dark'].map((name) => ({ name, question: () => ({ kind: 'text', message: name }) })),
};

async function answeredIn(stateFolder: string, dryRun = false) {
  const said: string[] = [];
  const say = async (message: string) => {
    said.push(message);
  };
  await runWizard(WIZARD, { ask: async ({ message }) => `my ${message}`, say, stateFolder, given: {} });
  const sameCommand = () => ['storectl', 'shutdowns', 'schedule', 'x', '--title', "it's"];
  const file = join(stateFolder, 'wizards/shutdowns-schedule.json');
  return { said, file, answered: { wizard: WIZARD, stateFolder, say, dryRun, sameCommand } };
}

describe('carryOutAnswers', () => {
  it('forgets the answers once they are carried out, and prints the command that does the same', async () => {
    const { said, file, answered } = await answeredIn(temporaryFolder());
    await carryOutAnswers(answered, async () => answer({}, () => ''));
    expect(existsSync(file)).toBe(false);
    expect(said.at(-1)).toContain(`storectl shutdowns schedule x --title 'it'\\''s'`);
  });

  it('keeps them after a dry run', async () => {
    const { file, answered } = await answeredIn(temporaryFolder(), true);
    await carryOutAnswers(answered, async () => answer({}, () => ''));
    expect(existsSync(file)).toBe(true);
  });

  it('keeps all but the wrong ones where it fails, so that only these are asked again', async () => {
    const { file, answered } = await answeredIn(temporaryFolder());
    const problems = [
      { code: 'dates', severity: 'error', message: 'm', place: { file: '--dark' } },
      { code: 'note', severity: 'warning', message: 'm', place: { file: '--title' } },
    ];
    const failure = new Failure({ code: 'invalid-document', exit: 2, message: 'm', details: { problems } });
    await expect(
      carryOutAnswers(answered, async () => {
        throw failure;
      }),
    ).rejects.toBe(failure);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ title: 'my title' });
  });
});
