import { hangLines } from '../output/hang.ts';
import type { Input, Output, Surroundings } from '../surroundings.ts';

export interface TextQuestion {
  readonly kind: 'text';
  readonly message: string;
  readonly initial?: string;
  /** Returns what is wrong with the answer, or null. */
  readonly check?: (answer: string) => string | null | Promise<string | null>;
  /** Lines under the input that change with what is typed, such as a time on each market's clock. */
  readonly preview?: (typed: string) => string;
}

export interface ChoiceQuestion {
  readonly kind: 'choice' | 'choices';
  readonly message: string;
  readonly choices: readonly { readonly value: string; readonly label: string; readonly note?: string }[];
  readonly initial?: readonly string[];
  /** At least one of several has to be chosen. */
  readonly required?: true;
}

export interface YesNoQuestion {
  readonly kind: 'yes-no';
  readonly message: string;
  readonly initial?: boolean;
}

export type Question = TextQuestion | ChoiceQuestion | YesNoQuestion;
export type Reply = string | boolean | readonly string[];

/** Asks one question. Tests hand in their own; the real one is `askAtTerminal`. */
export type Ask = (question: Question) => Promise<Reply>;

/** Asks on standard error with inquirer, which is loaded by the first question. Ctrl-C ends the run with 130. */
export function askAtTerminal({ stdin, stderr, interruption }: Surroundings): Ask {
  return async (asked) => {
    const question = fitted(asked, stderr.columns ?? null);
    const context = { input: stdin, output: stderr, signal: interruption.signal };
    try {
      if (question.kind === 'text' && question.preview !== undefined) {
        return await askWithPreview(question, question.preview, context);
      }
      const inquirer = await import('inquirer');
      const prompt = inquirer.default.createPromptModule(context);
      const { reply } = await prompt<{ reply: Reply }>([{ name: 'reply', ...inquirerQuestion(question) }]);
      return reply;
    } catch (error) {
      // A prompt reads Ctrl-C as a key. To the run it is the signal all the same, with its way to go on.
      if (error instanceof Error && error.name === 'ExitPromptError') interruption.request('SIGINT');
      throw error;
    }
  };
}

/** The mark before a message, and the blank between it and what is typed. */
const MARK = '? ';

/** Columns that a fault has less than a message: a prompt with a preview has it under the input, and further in. */
const FURTHER_IN = 2;

function fitted<Q extends Question>(question: Q, columns: number | null): Q {
  const message = fittedMessage(question.message, columns);
  if (question.kind !== 'text' || question.check === undefined) return { ...question, message };
  const { check } = question;
  return {
    ...question,
    message,
    check: async (typed: string) => {
      const fault = await check(typed);
      return fault === null ? null : fittedMessage(fault, columns === null ? null : columns - FURTHER_IN);
    },
  };
}

/** A message broken between words, under each other behind the mark: a prompt breaks long lines anywhere. */
export function fittedMessage(message: string, columns: number | null): string {
  const width = columns === null ? null : columns - 1;
  return hangLines(MARK, message, width).join('\n').slice(MARK.length);
}

/** The question as inquirer takes it. */
function inquirerQuestion(question: Question) {
  switch (question.kind) {
    case 'text':
      return textQuestion(question);
    case 'choice':
    case 'choices':
      return {
        type: question.kind === 'choice' ? ('select' as const) : ('checkbox' as const),
        message: question.message,
        ...(question.required === true ? { required: true } : {}),
        choices: question.choices.map(({ value, label, note }) => ({
          value,
          name: label,
          checked: question.initial?.includes(value) ?? false,
          ...(note === undefined ? {} : { description: note }),
        })),
        ...(question.kind === 'choice' && question.initial?.[0] !== undefined ? { default: question.initial[0] } : {}),
      };
    case 'yes-no':
      return { type: 'confirm' as const, message: question.message, default: question.initial ?? false };
  }
}

function textQuestion({ message, initial, check }: TextQuestion) {
  return {
    type: 'input' as const,
    message,
    ...(initial === undefined ? {} : { default: initial }),
    ...(check === undefined ? {} : { validate: async (typed: string) => (await check(typed)) ?? true }),
  };
}

async function askWithPreview(
  { message, initial = '', check }: TextQuestion,
  preview: (typed: string) => string,
  context: { readonly input: Input; readonly output: Output; readonly signal: AbortSignal },
): Promise<string> {
  const { previewPrompt } = await import('./preview-prompt.ts');
  return previewPrompt({ message, initial, preview, check: async (typed) => (await check?.(typed)) ?? null }, context);
}
