import { Args, Flags } from '@oclif/core';
import { type Answer, answer, streamOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { minimizeFile } from '../../cli/lint/minimize-file.ts';
import { renderMinimized } from '../../cli/lint/render-minimized.ts';
import { terminalText } from '../../cli/output/terminal-text.ts';
import { type View, viewOf } from '../../cli/output/view.ts';
import { skippedLines } from '../../cli/rules-files/skipped-lines.ts';
import { optionFlags, readFlags } from '../../cli/rules-files/source-flags.ts';

export class RedirectsMinimize extends BaseCommand {
  static override summary = 'Say with fewer rules what many exact ones say.';
  static override description =
    'Folders of rules with one habit become patterns, and the exceptions stay exact. Every URL of the rules, and of a log, is then asked of the old rules and the new: a merge that changes one answer is taken back. What no rule takes gets the answer of --fallback, where the ruleset has one. NDJSON stays NDJSON; every other format is written as CSV, which can say any rule. Without --out nothing is written.';
  static override examples = [
    '<%= config.bin %> redirects minimize redirects/po.co-uk.csv --urls visited.txt --out fewer.csv',
    {
      description: 'In CI',
      command: '<%= config.bin %> redirects minimize redirects/po.co-uk.csv --url https://po.co/uk/ --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> redirects minimize redirects/po.co-uk.csv --json' },
  ];
  static override args = {
    file: Args.string({ description: 'A file of rules; - is standard input.', required: true }),
  };
  static override flags = {
    url: Flags.string({
      summary: 'A base URL of the site that the rules are for; repeatable. Paths are read under it.',
      helpValue: 'URL',
      multiple: true,
      multipleNonGreedy: true,
    }),
    ...optionFlags,
    urls: Flags.string({
      summary: 'A log, list or sitemap whose URLs keep their answers; - is standard input.',
      helpValue: 'LOG',
    }),
    ...readFlags,
    'at-least': Flags.integer({ summary: 'Rules of a folder that show a habit.', helpValue: 'N', default: 5, min: 2 }),
    out: Flags.string({ summary: 'Where the rules are written; - is standard output.', helpValue: 'FILE' }),
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(RedirectsMinimize);
    const { result, text, format, written, unread } = await minimizeFile(this.surroundings, {
      file: args.file,
      format: flags['from-format'],
      map: flags.map,
      skipInvalid: flags['skip-invalid'],
      urls: flags.url ?? [],
      options: flags,
      log: flags.urls,
      out: flags.out,
      atLeast: flags['at-least'],
      onSkipped: (problems) => {
        for (const warning of skippedLines(problems)) this.addWarning(warning);
      },
    });
    if (format.startsWith('cloudflare') && flags.out !== undefined)
      this.addWarning({
        code: 'option-needed',
        message: `Cloudflare tells /a from /a/, and ${written} cannot say so: the ruleset needs trailingSlash strict.`,
      });
    for (const { file, line, reason } of unread.first)
      this.addWarning({ code: 'line-skipped', message: `${file}${line === null ? '' : `:${line}`}: ${reason}` });
    if (flags.out !== '-') return answer(result, (view) => renderMinimized(result, view));
    const view = await viewOf('stdout', this.surroundings);
    return streamOf(shownOn(view, text));
  }
}

function* shownOn(view: View, lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield terminalText(line, view);
}
