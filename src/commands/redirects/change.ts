import { Args, Flags } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { requireResource } from '../../cli/entries/read.ts';
import { changeRule, requireRuleChosen } from '../../cli/entries/rules/edit-rules.ts';
import { ruleFlags, rulesetFlags } from '../../cli/entries/rules/rule-flags.ts';
import { RulesetCommand } from '../../cli/entries/rules/ruleset-command.ts';
import { readRules } from '../../cli/entries/rules/ruleset-rules.ts';
import { editRuleset } from '../../cli/entries/rules/ruleset-spec.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class RedirectsChange extends RulesetCommand {
  static override summary = 'Change a ruleset, or one of its rules.';
  static override description =
    'With --from, the rule that is from there; --query is then the rule’s own. Without, the ruleset’s options. An empty value takes a key away. The change is a new revision, in force from when it is applied.';
  static override examples = [
    '<%= config.bin %> redirects change poco-gb --from /uk/f6 --to https://www.mi.com/uk/poco-f6-pro',
    {
      description: 'In CI',
      command: '<%= config.bin %> redirects change poco-gb --fallback https://www.mi.com/uk/ --yes --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> redirects change poco-gb --trailing-slash strict --dry-run --json',
    },
  ];
  static override args = { ruleset: Args.string({ description: 'The ruleset.', required: true }) };
  static override flags = {
    ...ruleFlags,
    number: Flags.integer({ summary: 'Which of several rules with that --from.', helpGroup: 'RULE', min: 1 }),
    ...rulesetFlags,
    ...plannedWriteFlags,
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(RedirectsChange);
    const { from, number } = flags;
    if (from === undefined) requireRuleChosen(flags);
    const client = await this.client(flags);
    const present = await requireResource(client, 'rulesets', args.ruleset);
    const { rules: _, ...options } = present.resource.spec;
    const write = {
      id: args.ruleset,
      present,
      options: editRuleset(options, flags, from === undefined ? 'ruleset' : 'rule'),
      rules: from === undefined ? null : changeRule(await readRules(client, args.ruleset), { from, number }, flags),
    };
    return this.writeRuleset(client, write, flags);
  }
}
