import { Args, Flags } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { wantsJson } from '../../cli/argv.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { exportAnswer } from '../../cli/rules-files/export-answer.ts';
import { exportFlags } from '../../cli/rules-files/export-flags.ts';
import { OUTPUT_FORMATS } from '../../cli/rules-files/output-formats.ts';
import { rulesSource } from '../../cli/rules-files/rules-source.ts';
import { skippedLines } from '../../cli/rules-files/skipped-lines.ts';
import { meaningFlags, readFlags } from '../../cli/rules-files/source-flags.ts';

export class RedirectsConvert extends BaseCommand {
  static override summary = 'Turn files of rules into another format, or into the configuration of an edge.';
  static override description =
    'No platform is asked. Files are CSV (also as GOV.UK, Shopify, VTEX and BigCommerce write it), NDJSON, _redirects or Cloudflare Bulk Redirects, gzip or not. What a format cannot say is listed rule by rule, and nothing is written unless --allow-losses is given.';
  static override examples = [
    '<%= config.bin %> redirects convert redirects/po.co-uk.csv --to nginx --out edge/ --url https://po.co/uk/',
    {
      description: 'In CI',
      command:
        'zcat old.csv.gz | <%= config.bin %> redirects convert - --to ndjson --skip-invalid --no-input > rules.ndjson',
    },
    { description: 'For scripts', command: '<%= config.bin %> redirects convert _redirects --to csv --json' },
  ];
  static override strict = false;
  static override args = { in: Args.string({ description: 'Files of rules; - is standard input.', required: true }) };
  static override flags = {
    to: Flags.option({ options: OUTPUT_FORMATS })({ summary: 'What they are turned into.', required: true }),
    ...exportFlags,
    ...readFlags,
    ...meaningFlags,
  };

  async run(): Promise<Answer> {
    const { argv, flags } = await this.parse(RedirectsConvert);
    const source = await rulesSource(argv.map(String), { ...flags, writes: true }, this.surroundings, () =>
      this.client(flags),
    );
    for (const warning of skippedLines(source.skipped)) this.addWarning(warning);
    return exportAnswer(
      source,
      { ...flags, format: flags.to },
      {
        surroundings: this.surroundings,
        json: wantsJson(this.argv),
        say: (text) => this.say(text),
      },
    );
  }
}
