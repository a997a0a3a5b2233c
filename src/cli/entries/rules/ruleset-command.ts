import type { Client } from '../../../client/index.ts';
import type { Plan } from '../../../contract/shapes.ts';
import type { Answer } from '../../answer.ts';
import { consentFlagsFor } from '../../plans/apply-command.ts';
import { type PlannedWriteFlags, WriteCommand } from '../../plans/write-command.ts';
import { askAtTerminal } from '../../prompts/ask.ts';
import { missingFlags } from '../../prompts/can-prompt.ts';
import { runWizard } from '../../prompts/wizard.ts';
import { foldersOf } from '../../settings/folders.ts';
import { entryWrite } from '../entry-write.ts';
import { wordsOf } from '../fields.ts';
import { listResources, readPlaces } from '../places.ts';
import { findResource } from '../read.ts';
import { missingOfRule, type SaidNewRule, withNewRule } from './new-rule.ts';
import { RULE_FIELDS } from './rule-fields.ts';
import { rulesForWrite } from './ruleset-rules.ts';
import { RULESET_FIELDS } from './ruleset-spec.ts';
import type { RulesetWrite } from './ruleset-write.ts';

/** What commands that change a ruleset have in common: its rules travel by content. */
export abstract class RulesetCommand extends WriteCommand {
  protected async writeRuleset(
    client: Client,
    { id, present, options, rules, keepsDraft = false }: RulesetWrite,
    flags: PlannedWriteFlags,
    planned: (plan: Plan) => void = () => {},
  ): Promise<Answer> {
    const kept = present?.resource.spec.rules ?? [];
    const sent = rules === null ? kept : await rulesForWrite(client, rules, this.progress);
    const write = entryWrite(client, {
      section: 'rulesets',
      id,
      spec: { ...options, rules: sent },
      etag: present?.etag ?? null,
      fields: RULESET_FIELDS,
    });
    const plan = async () => {
      const made = await write.plan();
      planned(made);
      return made;
    };
    return this.carryOut({ ...write, plan, keepsDraft }, flags);
  }

  /** Adds one rule. What is missing is asked, or named where nobody can be asked. */
  protected async addRule(ruleset: string | undefined, flags: PlannedWriteFlags & SaidNewRule): Promise<Answer> {
    const client = await this.client(flags);
    const isThere = ruleset !== undefined && (await findResource(client, 'rulesets', ruleset)) !== null;
    const missing = missingOfRule(ruleset, isThere, flags);
    if (missing.length === 0 && ruleset !== undefined) {
      return this.writeRuleset(client, await withNewRule(client, ruleset, flags), flags);
    }
    if (!this.mayPrompt) throw missingFlags(missing);
    return this.#askRule(client, ruleset, flags);
  }

  async #askRule(client: Client, ruleset: string | undefined, flags: PlannedWriteFlags & SaidNewRule): Promise<Answer> {
    const [{ carryOutAnswers }, { ruleWizard }, { ID, textOf }] = await Promise.all([
      import('../../wizards/carry-out-answers.ts'),
      import('../../wizards/rule-wizard.ts'),
      import('../../wizards/entry-wizard.ts'),
    ]);
    const [places, rulesets] = await Promise.all([readPlaces(client), listResources(client, 'rulesets')]);
    const wizard = ruleWizard({ places, rulesets });
    const stateFolder = foldersOf(this.surroundings).state;
    this.surroundings.interruption.resumeWith('storectl redirects add');
    const answers = await runWizard(wizard, {
      ask: askAtTerminal(this.surroundings),
      stateFolder,
      say: (message) => this.say(message),
      given: givenOf(ruleset === undefined ? flags : { ...flags, [ID]: ruleset }),
    });
    const { id: _, status: __, ...replies } = answers;
    const said: SaidNewRule = { ...flags, ...replies };
    const id = textOf(answers, ID);
    let consent: readonly string[] = ['--yes'];
    const words = wordsOf([...RULE_FIELDS, ...RULESET_FIELDS.filter(({ flag }) => flag === 'site')], said);
    const answered = {
      wizard,
      stateFolder,
      say: (message: string) => this.say(message),
      dryRun: flags['dry-run'],
      sameCommand: () => ['storectl', 'redirects', 'add', id, ...words, ...consent],
    };
    return carryOutAnswers(answered, async () =>
      this.writeRuleset(client, await withNewRule(client, id, said), flags, (plan) => {
        consent = consentFlagsFor(plan);
      }),
    );
  }
}

/** What flags have said already, as answers. */
function givenOf(said: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const texts = ['id', 'site', 'from', 'to', 'status'].flatMap((name) => {
    const value = said[name];
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return Object.fromEntries(texts);
}
