import { Failure, type Problem } from '../../domain/failure.ts';
import type { Answer } from '../answer.ts';
import { shellLine } from '../prompts/shell-quote.ts';
import { finishWizard, forgetAnswers, type Wizard } from '../prompts/wizard.ts';

export interface Answered {
  readonly wizard: Wizard;
  readonly stateFolder: string;
  readonly say: (message: string) => Promise<void>;
  readonly dryRun: boolean;
  /** The words of the command that asks nothing; known once the write was planned. */
  readonly sameCommand: () => readonly string[];
}

/**
 * Does what a wizard was told to, and then says how to do the same without questions. Where it does not come to that,
 * the answers are kept for the next run, but for those that were wrong.
 */
export async function carryOutAnswers(answered: Answered, work: () => Promise<Answer>): Promise<Answer> {
  const { wizard, stateFolder, say, dryRun, sameCommand } = answered;
  try {
    const answer = await work();
    if (!dryRun) await finishWizard(wizard, stateFolder);
    await say(`\nThe same without questions:\n  ${shellLine(sameCommand())}\n`);
    return answer;
  } catch (error) {
    if (error instanceof Failure) {
      const wrong = wrongFlags(error);
      if (wrong.length > 0) await forgetAnswers(wizard, stateFolder, wrong);
      await say('Your answers are kept. Run the command again to go on from here.');
    }
    throw error;
  }
}

/** The flags, without dashes, that the problems of a failure are about. */
function wrongFlags({ details }: Failure): readonly string[] {
  const { problems = [] } = (details ?? {}) as { readonly problems?: readonly Problem[] };
  const places = problems.filter(({ severity }) => severity === 'error').map(({ place }) => place?.file ?? '');
  return [...new Set(places.filter((place) => place.startsWith('--')).map((place) => place.slice(2)))];
}
