import { Flags } from '@oclif/core';
import type { Client } from '../connection.ts';
import type { Surroundings } from '../surroundings.ts';
import { type AnswerSource, platformAnswers } from './answer-source.ts';

/** The flag of commands that can answer from a document alone. */
export const documentFlag = {
  file: Flags.string({
    char: 'f',
    summary: 'Answer from this document alone, as if it were applied; - is standard input.',
    helpValue: 'FILE',
  }),
};

/** Who answers: the document of `-f`, or the context's platform. */
export async function sourceFor(
  file: string | undefined,
  surroundings: Surroundings,
  client: () => Promise<Client>,
): Promise<AnswerSource> {
  if (file === undefined) return platformAnswers(await client());
  const { answeringFromFile, localAnswers } = await import('./local-answering.ts');
  return localAnswers(await answeringFromFile(surroundings, file), () => surroundings.now());
}
