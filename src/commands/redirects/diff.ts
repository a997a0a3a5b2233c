import { Args, Flags } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { compareSides, differs } from '../../cli/difference/compare.ts';
import { renderDifference } from '../../cli/difference/render-difference.ts';
import { sidesOf } from '../../cli/difference/sides.ts';
import { grouped } from '../../cli/output/counted.ts';
import { skippedLines } from '../../cli/rules-files/skipped-lines.ts';
import { meaningFlags, readFlags } from '../../cli/rules-files/source-flags.ts';
import { EXIT } from '../../domain/failure.ts';

export class RedirectsDiff extends BaseCommand {
  static override summary = 'Show how two sets of rules differ, and which URLs that makes a difference for.';
  static override description =
    'Between two files; from a ruleset of the platform to a file; or between two revisions of a ruleset. The order of rules is no difference, since it decides nothing. With --urls, the URLs of a log or list whose answer changes are listed, the most visited first. Exit 3 where anything differs.';
  static override examples = [
    '<%= config.bin %> redirects diff old.csv new.csv --urls access.log --url https://po.co/uk/',
    {
      description: 'In CI',
      command: '<%= config.bin %> redirects diff redirects/po.co-uk.csv --ruleset poco-gb --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> redirects diff --ruleset poco-gb --revision 1 --json' },
  ];
  static override args = {
    a: Args.string({ description: 'A file of rules; - is standard input. With --ruleset, what it is compared to.' }),
    b: Args.string({ description: 'The file that it is compared to.' }),
  };
  static override flags = {
    ruleset: Flags.string({ summary: 'A ruleset of the platform.', helpValue: 'ID' }),
    revision: Flags.integer({ summary: 'Which of its revisions. [default: the latest]', helpValue: 'N', min: 1 }),
    against: Flags.integer({
      summary: 'The revision that it is compared to. [default: the latest]',
      helpValue: 'M',
      min: 1,
      dependsOn: ['revision'],
    }),
    urls: Flags.string({ summary: 'A log, list or sitemap whose URLs are asked of both.', helpValue: 'LOG' }),
    ...readFlags,
    ...meaningFlags,
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(RedirectsDiff);
    const { surroundings, progress } = this;
    const files = [args.a, args.b].filter((file) => file !== undefined);
    const sides = await sidesOf(files, flags, surroundings, () => this.client(flags));
    const result = await compareSides(surroundings, sides, flags.urls, (lines) =>
      progress.update(`Reading visits: ${grouped(lines)} lines`),
    );
    progress.stop();
    for (const warning of skippedLines([...sides.before.skipped, ...sides.after.skipped])) this.addWarning(warning);
    for (const url of result.answers?.missingSitemaps ?? [])
      this.addWarning({ code: 'sitemap-not-read', message: `The sitemap ${url} does not lie beside its index.` });
    return answer(result, (view) => renderDifference(result, view), differs(result) ? EXIT.pending : EXIT.done);
  }
}
