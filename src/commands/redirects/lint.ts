import { Args, Flags } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { lintOf } from '../../cli/lint/lint-source.ts';
import { lintText } from '../../cli/lint/lint-text.ts';
import type { View } from '../../cli/output/view.ts';
import { optionFlags, readFlags } from '../../cli/rules-files/source-flags.ts';
import { EXIT } from '../../domain/failure.ts';

export class RedirectsLint extends BaseCommand {
  static override summary = 'Find what is wrong or doubtful in redirect rules.';
  static override description =
    'Of files in any known format, of a document (-f) over its whole schedule, or of a ruleset on the platform from now on. Loops and chains are found across all of the rulesets; each finding has a URL that shows it, and the instant where that matters. Files say nothing of what no rule takes: --fallback does, and then ways that lead through it are looked at too. How findings count is said by the ruleset of the document that names the file: storectl.yaml, or -f. Exit 3 where one is an error.';
  static override examples = [
    '<%= config.bin %> redirects lint redirects/po.co-uk.csv',
    {
      description: 'In CI',
      command:
        '<%= config.bin %> redirects lint redirects/*.csv --url https://po.co/uk/ --fallback https://www.mi.com/ --format github --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> redirects lint --ruleset poco-gb --json' },
  ];
  static override strict = false;
  static override args = { files: Args.string({ description: 'Files of rules; - is standard input.' }) };
  static override flags = {
    ruleset: Flags.string({ summary: 'A ruleset of the platform, as it stands.', helpValue: 'ID' }),
    file: Flags.string({
      char: 'f',
      summary: 'A document: all that it says is linted; with files, how their findings count. - is standard input.',
      helpValue: 'FILE',
    }),
    'from-format': readFlags['from-format'],
    map: readFlags.map,
    url: Flags.string({
      summary: 'A base URL of the site that the rules are for; repeatable. Paths are read under it.',
      helpValue: 'URL',
      multiple: true,
      multipleNonGreedy: true,
    }),
    ...optionFlags,
    'allowed-host': Flags.string({
      summary: 'A host that targets may have; repeatable. With none, any.',
      helpValue: 'HOST',
      multiple: true,
      multipleNonGreedy: true,
    }),
    severity: Flags.string({
      summary: 'Another severity for a code, or off; repeatable.',
      helpValue: 'CODE=SEVERITY',
      multiple: true,
      multipleNonGreedy: true,
    }),
    format: Flags.string({
      summary: 'How findings are written; sarif and github are for CI systems.',
      options: ['text', 'json', 'sarif', 'github'],
      default: 'text',
    }),
    fix: Flags.boolean({
      summary: 'Write the fixes that are safe into the files, and show what is left.',
      exclusive: ['ruleset'],
    }),
  };

  async run(): Promise<Answer> {
    const { argv, flags } = await this.parse(RedirectsLint);
    const result = await lintOf({ ...flags, files: argv.map(String) }, this.surroundings, () => this.client(flags));
    for (const what of result.unchecked ?? [])
      this.addWarning({ code: 'not-checked', message: `Not checked with this document alone: ${what}.` });
    const failed = result.findings.some(({ severity }) => severity === 'error');
    const ofFiles = argv.length > 0 && !argv.includes('-');
    const text = (view: View) =>
      lintText(result, { format: flags.format, version: this.config.version, ofFiles }, view);
    return answer(result, text, failed ? EXIT.pending : EXIT.done);
  }
}
