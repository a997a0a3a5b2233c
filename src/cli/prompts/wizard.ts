import { join } from 'node:path';
import { readPrivate, removePrivate, writePrivate } from '../settings/private-file.ts';
import type { Ask, Question, Reply } from './ask.ts';

export type Answers = Readonly<Record<string, Reply>>;

/** One question of a wizard. Its answer is kept under its name. */
export interface Step {
  readonly name: string;
  /** The question, which may depend on what was answered before; null skips the step. */
  question(answers: Answers): Question | null | Promise<Question | null>;
}

export interface Wizard {
  /** Names the file answers are kept in: one unfinished run of each wizard. */
  readonly name: string;
  readonly steps: readonly Step[];
}

export interface WizardRun {
  readonly ask: Ask;
  /** The folder unfinished wizards are kept in. */
  readonly stateFolder: string;
  /** Said to the person on standard error. */
  readonly say: (message: string) => Promise<void>;
  /** Answers given as flags: they are not asked. */
  readonly given: Answers;
}

/**
 * Asks the steps that flags have not answered. Every answer is saved before the next question, so an interrupted
 * wizard goes on where it stopped; `finishWizard` forgets it once its write is done.
 */
export async function runWizard(wizard: Wizard, run: WizardRun): Promise<Answers> {
  const saved = await savedAnswers(wizard, run);
  let answers: Answers = { ...saved, ...run.given };
  for (const step of wizard.steps) {
    if (answers[step.name] !== undefined) continue;
    const question = await step.question(answers);
    if (question === null) continue;
    answers = { ...answers, [step.name]: await run.ask(question) };
    await writePrivate(fileOf(wizard, run.stateFolder), JSON.stringify(answers));
  }
  return answers;
}

export async function finishWizard(wizard: Wizard, stateFolder: string): Promise<void> {
  await removePrivate(fileOf(wizard, stateFolder));
}

/** Forgets some answers, so that the next run asks them again: those that turned out to be wrong. */
export async function forgetAnswers(wizard: Wizard, stateFolder: string, names: readonly string[]): Promise<void> {
  const file = fileOf(wizard, stateFolder);
  const saved = parseAnswers((await readPrivate(file)) ?? '', wizard);
  if (saved === null) return;
  const kept = Object.entries(saved).filter(([name]) => !names.includes(name));
  await writePrivate(file, JSON.stringify(Object.fromEntries(kept)));
}

async function savedAnswers(wizard: Wizard, { ask, say, stateFolder }: WizardRun): Promise<Answers> {
  const file = fileOf(wizard, stateFolder);
  const text = await readPrivate(file);
  if (text === null) return {};
  const saved = parseAnswers(text, wizard);
  if (saved === null) {
    await say(`The unfinished answers in ${file} cannot be read; starting anew.`);
    return {};
  }
  const lines = Object.entries(saved).map(([name, reply]) => `  ${name}: ${String(reply)}`);
  await say(['You stopped here before:', ...lines].join('\n'));
  if (await ask({ kind: 'yes-no', message: 'Go on from there?', initial: true })) return saved;
  await removePrivate(file);
  return {};
}

/** Answers of steps this version still has; null where the text is no answers. */
function parseAnswers(text: string, wizard: Wizard): Answers | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  const known = new Set(wizard.steps.map(({ name }) => name));
  return Object.fromEntries(Object.entries(parsed).filter(([name, reply]) => known.has(name) && isReply(reply)));
}

function isReply(value: unknown): value is Reply {
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (Array.isArray(value) && value.every((entry) => typeof entry === 'string'))
  );
}

function fileOf(wizard: Wizard, stateFolder: string): string {
  return join(stateFolder, 'wizards', `${wizard.name}.json`);
}
