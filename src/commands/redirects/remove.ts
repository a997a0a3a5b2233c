import { Args, Flags } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { entryWrite } from '../../cli/entries/entry-write.ts';
import { requireResource } from '../../cli/entries/read.ts';
import { removeRule } from '../../cli/entries/rules/edit-rules.ts';
import { RulesetCommand } from '../../cli/entries/rules/ruleset-command.ts';
import { readRules } from '../../cli/entries/rules/ruleset-rules.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class RedirectsRemove extends RulesetCommand {
  static override summary = 'Remove one rule, or a whole ruleset.';
  static override description =
    'With --from, the rule that is from there. Without, the ruleset with all of its rules: its site’s visitors then go where its shutdown says.';
  static override examples = [
    '<%= config.bin %> redirects remove poco-gb --from /uk/f6',
    {
      description: 'In CI',
      command: '<%= config.bin %> redirects remove poco-gb --yes --allow-deletes --confirm poco-gb --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> redirects remove poco-gb --from /uk/f6 --dry-run --json',
    },
  ];
  static override args = { ruleset: Args.string({ description: 'The ruleset.', required: true }) };
  static override flags = {
    from: Flags.string({ summary: 'The rule to remove, by its `from`.', helpGroup: 'RULE', helpValue: 'URL' }),
    number: Flags.integer({
      summary: 'Which of several rules with that --from.',
      helpGroup: 'RULE',
      min: 1,
      dependsOn: ['from'],
    }),
    ...plannedWriteFlags,
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(RedirectsRemove);
    const { from, number } = flags;
    const id = args.ruleset;
    const client = await this.client(flags);
    const present = await requireResource(client, 'rulesets', id);
    if (from === undefined) {
      const whole = { section: 'rulesets', id, spec: null, etag: present.etag, fields: [] } as const;
      return this.carryOut(entryWrite(client, whole), flags);
    }
    const { rules: _, ...options } = present.resource.spec;
    const rules = removeRule(await readRules(client, id), { from, number });
    return this.writeRuleset(client, { id, present, options, rules }, flags);
  }
}
