import { EXIT, Failure } from '../../domain/failure.ts';
import type { StreamAnswer } from '../answer.ts';
import type { Surroundings } from '../surroundings.ts';
import type { AnswerSource } from './answer-source.ts';
import type { AskedTime } from './asked-time.ts';
import { explainLines, type LinesTally } from './explain-lines.ts';

export interface InputRequest {
  readonly urls: readonly string[];
  readonly times: readonly AskedTime[];
  readonly documentFile: string | undefined;
}

export interface InputManner {
  readonly surroundings: Surroundings;
  readonly asArray: boolean;
  readonly say: (message: string) => Promise<void>;
}

/** Answers the URLs of standard input. The exit, known at the end, is 2 where a line was no URL. */
export function explainFromInput(request: InputRequest, source: AnswerSource, manner: InputManner): StreamAnswer {
  const [asked] = request.times;
  if (asked === undefined || request.times.length > 1 || request.urls.length > 1) {
    throw usage('- stands alone: URLs from standard input are answered for one instant.', 'Give one --at and no URL.');
  }
  if (request.documentFile === '-') {
    throw usage('Standard input cannot hold both the URLs and the document.', 'Name the document: -f FILE');
  }
  const tally: LinesTally = { lines: 0, bad: 0 };
  const { stdin } = manner.surroundings;
  const options = { asked, now: manner.surroundings.now(), asArray: manner.asArray };
  async function* chunks(): AsyncGenerator<string> {
    yield* explainLines(stdin, source, options, tally);
    if (tally.bad > 0)
      await manner.say(`No URL: ${tally.bad} of ${tally.lines} lines. Each has its "problem" in the answers.`);
  }
  return {
    kind: 'stream',
    chunks: chunks(),
    get exit() {
      return tally.bad > 0 ? EXIT.usage : EXIT.done;
    },
  };
}

function usage(message: string, remedy: string): Failure {
  return new Failure({ code: 'invalid-usage', exit: EXIT.usage, message, remedy });
}
