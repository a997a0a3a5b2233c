import { Args, Flags } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { showEntry } from '../../cli/entries/read.ts';
import { atRevision } from '../../cli/entries/rules/at-revision.ts';
import { readRules } from '../../cli/entries/rules/ruleset-rules.ts';

export class RedirectsShow extends BaseCommand {
  static override summary = 'Show one ruleset: its options, its revisions, its rules.';
  static override description =
    'Revisions are immutable, and one of them is in force at an instant. Rules are numbered in the order in which they are kept; it does not decide which one wins.';
  static override examples = [
    '<%= config.bin %> redirects show poco-gb --rules',
    { description: 'In CI', command: '<%= config.bin %> redirects show poco-gb --revision 1 --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> redirects show poco-gb --rules --json' },
  ];
  static override args = { ruleset: Args.string({ description: 'The ruleset.', required: true }) };
  static override flags = {
    revision: Flags.integer({ summary: 'As it was at this revision.', min: 1 }),
    rules: Flags.boolean({ summary: 'Its rules too.' }),
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(RedirectsShow);
    const client = await this.client(flags);
    const ruleset = atRevision(await showEntry(client, 'rulesets', args.ruleset), flags.revision);
    const rules = flags.rules ? await readRules(client, args.ruleset, flags.revision) : null;
    return answer(rules === null ? ruleset : { ...ruleset, rules }, async (view) => {
      const { renderRuleset } = await import('../../cli/entries/rules/render-ruleset.ts');
      return renderRuleset(ruleset, rules, view);
    });
  }
}
