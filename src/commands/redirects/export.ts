import { Flags } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { wantsJson } from '../../cli/argv.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { exportAnswer } from '../../cli/rules-files/export-answer.ts';
import { exportFlags } from '../../cli/rules-files/export-flags.ts';
import { OUTPUT_FORMATS } from '../../cli/rules-files/output-formats.ts';
import { rulesSource } from '../../cli/rules-files/rules-source.ts';
import { meaningFlags } from '../../cli/rules-files/source-flags.ts';

export class RedirectsExport extends BaseCommand {
  static override summary = 'Write a ruleset of the platform as a file, or as the configuration of an edge.';
  static override description =
    'The revision in force at --at is written; an edge gets the rules whose window holds that instant, and the export says until when it is right. What an edge cannot say is listed rule by rule, and nothing is written unless --allow-losses is given.';
  static override examples = [
    '<%= config.bin %> redirects export --ruleset poco-gb --format nginx --out edge/ --at 2025-01-01T00:00Z',
    {
      description: 'In CI',
      command: '<%= config.bin %> redirects export --ruleset poco-gb --format csv --no-input > poco-gb.csv',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> redirects export --ruleset poco-gb --format cloudflare --json',
    },
  ];
  static override flags = {
    ruleset: Flags.string({ summary: 'The ruleset.', helpValue: 'ID', required: true }),
    format: Flags.option({ options: OUTPUT_FORMATS })({ summary: 'What it is written as.', required: true }),
    ...exportFlags,
    at: meaningFlags.at,
  };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(RedirectsExport);
    const source = await rulesSource([], flags, this.surroundings, () => this.client(flags));
    return exportAnswer(source, flags, {
      surroundings: this.surroundings,
      json: wantsJson(this.argv),
      say: (text) => this.say(text),
    });
  }
}
