import { Args, Flags } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { rulesetFlags } from '../../cli/entries/rules/rule-flags.ts';
import { RulesetCommand } from '../../cli/entries/rules/ruleset-command.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';
import { importedRules } from '../../cli/rules-files/imported-rules.ts';
import { readRulesFiles } from '../../cli/rules-files/read-rules-files.ts';
import { readFlags } from '../../cli/rules-files/source-flags.ts';

export class RedirectsImport extends RulesetCommand {
  static override summary = 'Bring files of rules into a ruleset, as its next revision.';
  static override description =
    'The rules of the files replace those of the ruleset, or join them with --add. Files are CSV (also as GOV.UK, Shopify, VTEX and BigCommerce write it), NDJSON, _redirects or Cloudflare Bulk Redirects, gzip or not. Every line that gives no rule is reported, and nothing is imported unless --skip-invalid is given.';
  static override examples = [
    '<%= config.bin %> redirects import redirects/po.co-uk.csv --ruleset poco-gb',
    {
      description: 'In CI',
      command:
        '<%= config.bin %> redirects import old.csv.gz --ruleset poco-gb --map "from=Old,to=New" --yes --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> redirects import - --ruleset poco-gb --dry-run --json < redirects/po.co-uk.csv',
    },
  ];
  static override strict = false;
  static override args = {
    files: Args.string({ description: 'Files of rules; - is standard input.', required: true }),
  };
  static override flags = {
    ruleset: Flags.string({
      summary: 'The ruleset; made where there is none of that id.',
      helpValue: 'ID',
      required: true,
    }),
    add: Flags.boolean({ summary: 'Keep the rules that are there, and add these.' }),
    'in-force': Flags.option({ options: ['dark', 'now'] as const })({
      summary: 'dark: refuse where the site is dark already, and visitors would meet the rules at once.',
      default: 'dark',
    }),
    ...readFlags,
    ...rulesetFlags,
    ...plannedWriteFlags,
  };

  async run(): Promise<Answer> {
    const { argv, flags } = await this.parse(RedirectsImport);
    const read = await readRulesFiles(this.surroundings, {
      files: argv.map(String),
      format: flags['from-format'],
      map: flags.map,
      skipInvalid: flags['skip-invalid'],
    });
    for (const { place, message } of read.skipped)
      this.addWarning({ code: 'line-skipped', message: `${place?.file ?? ''}:${place?.line ?? ''}: ${message}` });
    const client = await this.client(flags);
    const order = { id: flags.ruleset, read, add: flags.add, inForce: flags['in-force'], said: flags };
    return this.writeRuleset(client, await importedRules(client, order), flags);
  }
}
