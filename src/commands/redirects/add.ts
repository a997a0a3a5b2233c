import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { ruleFlags, rulesetFlags } from '../../cli/entries/rules/rule-flags.ts';
import { RulesetCommand } from '../../cli/entries/rules/ruleset-command.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class RedirectsAdd extends RulesetCommand {
  static override summary = 'Add a redirect rule to a ruleset; the first one makes the ruleset.';
  static override description =
    'A new ruleset needs the site that its rules are for (--site). Which rule wins does not depend on their order. Many rules at once go into a file that the document names.';
  static override examples = [
    '<%= config.bin %> redirects add poco-gb --site poco-gb --from "/uk/phones/*" --to "https://www.mi.com/uk/phones/:splat"',
    {
      description: 'In CI',
      command: '<%= config.bin %> redirects add poco-gb --from /uk/app --status 410 --yes --no-input',
    },
    {
      description: 'For scripts',
      command:
        '<%= config.bin %> redirects add poco-gb --from /uk/f6 --to https://www.mi.com/uk/poco-f6 --dry-run --json',
    },
  ];
  static override args = { ruleset: Args.string({ description: 'The ruleset.' }) };
  static override flags = { ...ruleFlags, ...rulesetFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(RedirectsAdd);
    return this.addRule(args.ruleset, flags);
  }
}
