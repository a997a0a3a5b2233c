import { Args, Flags } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { rulesetFlags } from '../../cli/entries/rules/rule-flags.ts';
import { RulesetCommand } from '../../cli/entries/rules/ruleset-command.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';
import { draftAnswer, withDraft } from '../../cli/rules-files/draft-answer.ts';
import { importedRules } from '../../cli/rules-files/imported-rules.ts';
import { readFlags } from '../../cli/rules-files/source-flags.ts';
import { Failure } from '../../domain/failure.ts';

export class RedirectsImport extends RulesetCommand {
  static override summary = 'Bring files of rules into a ruleset, as its next revision.';
  static override description =
    'The rules of the files replace those of the ruleset, or join them with --add. Files are CSV (also as GOV.UK, Shopify, VTEX and BigCommerce write it), NDJSON, _redirects or Cloudflare Bulk Redirects, gzip or not. Every line that gives no rule is reported, and nothing is imported unless --skip-invalid is given. Files may be of any size; an import that was interrupted goes on when the same command is run again.';
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
    files: Args.string({ description: 'Files of rules; - is standard input.' }),
  };
  static override flags = {
    ruleset: Flags.string({
      summary: 'The ruleset; made where there is none of that id.',
      helpValue: 'ID',
      required: true,
    }),
    add: Flags.boolean({ summary: 'Keep the rules that are there, and add those of these that are not.' }),
    'in-force': Flags.string({
      summary: 'now, dark (when its site goes dark), or a time. [default: now, unless the site is dark already]',
      helpValue: 'WHEN',
    }),
    draft: Flags.boolean({
      summary: 'Bring and check the rules, and stop there: they are put in force later, by --content.',
      exclusive: ['content'],
    }),
    content: Flags.string({
      summary: 'A draft, in place of files, by the digest that it was given.',
      helpValue: 'SHA256',
    }),
    ...readFlags,
    ...rulesetFlags,
    ...plannedWriteFlags,
    'allow-empty': Flags.boolean({ summary: 'Let files without rules empty the ruleset.', helpGroup: 'WRITE' }),
  };

  async run(): Promise<Answer> {
    const { argv, flags } = await this.parse(RedirectsImport);
    const order = {
      id: flags.ruleset,
      input: {
        files: argv.map(String),
        format: flags['from-format'],
        map: flags.map,
        skipInvalid: flags['skip-invalid'],
      },
      content: flags.content,
      add: flags.add,
      allowEmpty: flags['allow-empty'],
      draft: flags.draft,
      inForce: flags['in-force'],
      said: flags,
      words: ['storectl', 'redirects', 'import', ...this.argv],
    };
    const client = await this.client(flags);
    const { surroundings, progress } = this;
    const { write, brought } = await importedRules(client, order, {
      surroundings,
      progress,
      say: (message) => this.say(message),
      warn: (warning) => this.addWarning(warning),
    });
    if (flags.draft && 'content' in brought.rules) {
      const { rules } = brought;
      const draft = { ...write, keepsDraft: true };
      const planned = await this.writeRuleset(client, draft, { ...flags, 'dry-run': true }).catch((error: unknown) => {
        throw error instanceof Failure ? withDraft(error, flags.ruleset, rules) : error;
      });
      return draftAnswer(planned, flags.ruleset, rules);
    }
    const written = await this.writeRuleset(client, write, flags);
    if (!flags['dry-run']) await brought.done();
    return written;
  }
}
