import type { Client } from '../../client/index.ts';
import type { Plan } from '../../contract/shapes.ts';
import { type EntrySection, NOUN } from '../../domain/document/sections.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import type { Answer } from '../answer.ts';
import { terminalWidth } from '../output/view.ts';
import { consentFlagsFor } from '../plans/apply-command.ts';
import type { PlannedWrite } from '../plans/carry-out.ts';
import { type PlannedWriteFlags, WriteCommand } from '../plans/write-command.ts';
import { askAtTerminal } from '../prompts/ask.ts';
import { missingFlags } from '../prompts/can-prompt.ts';
import { runWizard, type Wizard } from '../prompts/wizard.ts';
import { foldersOf } from '../settings/folders.ts';
import { requireId } from './entry-id.ts';
import { entryWrite } from './entry-write.ts';
import { editSpec, type Field, missingOf, type Said, type Spec, wordsOf } from './fields.ts';
import { findResource, requireResource } from './read.ts';
import { TOPICS } from './topics.ts';

/** What a wizard knows before it asks. */
export interface WizardSetting {
  readonly client: Client;
  /** Epoch milliseconds; dates are suggested from it. */
  readonly now: number;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Throws Failure where what was said cannot be read. */
export type EditSpec = (said: Said, present: Spec) => Spec;

/** How a new entry of a section comes about. */
export interface NewEntry {
  readonly section: EntrySection;
  readonly fields: readonly Field[];
  /** What a new entry has before anything is said. */
  readonly initial?: Spec;
  /** The entry as it is with what was said on top, where single keys are not enough for that. */
  readonly edit?: EditSpec;
  /** Flags without which what was said is not enough, besides those that every entry needs. */
  readonly missing?: (said: Said) => readonly string[];
  /** Asks for what the flags have not said. */
  wizard(setting: WizardSetting): Promise<Wizard>;
}

interface Named {
  readonly id: string;
  readonly said: Said;
}

/** What commands that write one entry have in common: flags or a wizard, then the same way as every write. */
export abstract class EntryCommand extends WriteCommand {
  /** Makes an entry that is not there yet. What is missing is asked, or named where nobody can be asked. */
  protected async create(entry: NewEntry, id: string | undefined, flags: PlannedWriteFlags): Promise<Answer> {
    const { fields, section } = entry;
    const missing = [
      ...(id === undefined ? ['ID'] : []),
      ...missingOf(fields, flags),
      ...(entry.missing?.(flags) ?? []),
    ];
    if (missing.length > 0 && !this.mayPrompt) throw missingFlags(missing);
    const client = await this.client(flags);
    if (id !== undefined) await requireAbsent(client, section, id);
    if (id !== undefined && missing.length === 0) {
      return this.carryOut(newEntryWrite(client, entry, { id, said: flags }), flags);
    }

    const { stderr } = this.surroundings;
    const width = terminalWidth(stderr) ?? 80;
    const wizard = await entry.wizard({ client, now: this.surroundings.now(), width });
    const named = await this.#ask(wizard, entry, id, flags);
    let plan: Plan | null = null;
    const write = newEntryWrite(client, entry, named);
    const answered = {
      wizard,
      stateFolder: foldersOf(this.surroundings).state,
      say: (message: string) => this.say(message),
      dryRun: flags['dry-run'],
      sameCommand: () => sameCommand(entry, named, flags, plan),
    };
    const { carryOutAnswers } = await import('../wizards/carry-out-answers.ts');
    return carryOutAnswers(answered, () =>
      this.carryOut({ ...write, plan: async () => (plan = await write.plan()) }, flags),
    );
  }

  /** Changes an entry that is there, keeping what was not said. */
  protected async change(
    section: EntrySection,
    id: string,
    fields: readonly Field[],
    flags: PlannedWriteFlags,
    edit: EditSpec = (said, present) => editSpec(fields, said, present),
  ): Promise<Answer> {
    const client = await this.client(flags);
    const { resource, etag } = await requireResource(client, section, id);
    const spec = edit(flags, resource.spec as unknown as Spec);
    return this.carryOut(entryWrite(client, { section, id, spec, etag, fields }), flags);
  }

  /** Takes an entry away. */
  protected async remove(section: EntrySection, id: string, flags: PlannedWriteFlags): Promise<Answer> {
    const client = await this.client(flags);
    const { etag } = await requireResource(client, section, id);
    return this.carryOut(entryWrite(client, { section, id, spec: null, etag, fields: [] }), flags);
  }

  async #ask(wizard: Wizard, { section, fields }: NewEntry, id: string | undefined, flags: Said): Promise<Named> {
    const { topic, create } = TOPICS[section];
    this.surroundings.interruption.resumeWith(`storectl ${topic} ${create}`);
    const { ID, saidOf, textOf } = await import('../wizards/entry-wizard.ts');
    const said = Object.fromEntries(
      fields.map(({ flag }) => [flag, flags[flag]]).filter(([, value]) => value !== undefined),
    );
    const answers = await runWizard(wizard, {
      ask: askAtTerminal(this.surroundings),
      stateFolder: foldersOf(this.surroundings).state,
      say: (message) => this.say(message),
      given: { ...said, ...(id === undefined ? {} : { [ID]: id }) },
    });
    return { id: textOf(answers, ID), said: saidOf(fields, answers) };
  }
}

function newEntryWrite(client: Client, entry: NewEntry, { id, said }: Named): PlannedWrite {
  const { section, fields, initial = {}, edit } = entry;
  const spec = edit === undefined ? editSpec(fields, said, initial) : edit(said, initial);
  return entryWrite(client, { section, id, spec, etag: null, fields });
}

/** The command line that would have done what the wizard did. */
function sameCommand(
  { section, fields }: NewEntry,
  { id, said }: Named,
  flags: Said,
  plan: Plan | null,
): readonly string[] {
  const { topic, create } = TOPICS[section];
  const kept = ['context', 'reason'].flatMap((flag) =>
    typeof flags[flag] === 'string' ? [`--${flag}`, flags[flag]] : [],
  );
  const consent = plan === null ? ['--yes'] : consentFlagsFor(plan);
  return ['storectl', topic, create, id, ...wordsOf(fields, said), ...kept, ...consent];
}

async function requireAbsent(client: Client, section: EntrySection, id: string): Promise<void> {
  requireId(id);
  if ((await findResource(client, section, id)) === null) return;
  const noun = NOUN[section];
  throw new Failure({
    code: 'already-exists',
    exit: EXIT.usage,
    message: `There is a ${noun} ${id} already. Nothing was written.`,
    remedy: `Change it with: storectl ${TOPICS[section].topic} change ${id}`,
    details: { noun, id },
  });
}
