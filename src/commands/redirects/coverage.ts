import { Args, Flags } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { documentFlag } from '../../cli/answers/source-for.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { coverageSource } from '../../cli/coverage/coverage-source.ts';
import { measureCoverage, parsePercent } from '../../cli/coverage/measure.ts';
import { renderCoverage } from '../../cli/coverage/render-coverage.ts';
import { skippedLines } from '../../cli/rules-files/skipped-lines.ts';
import { meaningFlags, readFlags } from '../../cli/rules-files/source-flags.ts';
import { EXIT } from '../../domain/failure.ts';

export class RedirectsCoverage extends BaseCommand {
  static override summary = 'Measure how many visits the rules lead somewhere good.';
  static override description =
    'Reads access logs (combined, JSON lines), CSV with counts, lists of URLs and sitemaps, gzip or not, known by their content. A hit lands well where a rule leads it off the site, or a rule says 410; the fallback is for nobody in particular and does not count.\n\nRules in files are followed by themselves. With a document or the platform a visitor is followed across all sites as explain says at --at: a redirect to a page that is gone does not land well, and what a site still answers itself is not counted.\n\nThe most visited URLs that do not land well are listed, each with the rule that might mend it and why. Exit 3 below --min.';
  static override examples = [
    '<%= config.bin %> redirects coverage access.log --rules redirects/po.co-uk.csv --url https://po.co/uk/',
    {
      description: 'In CI',
      command: '<%= config.bin %> redirects coverage sitemap.xml --ruleset poco-gb --min 99.5 --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> redirects coverage access.log --ruleset poco-gb --json' },
  ];
  static override strict = false;
  static override args = {
    logs: Args.string({ description: 'Logs, lists and sitemaps; - is standard input.', required: true }),
  };
  static override flags = {
    ruleset: Flags.string({ summary: 'The rules: a ruleset of the document or the platform.', helpValue: 'ID' }),
    ...documentFlag,
    rules: Flags.string({
      summary: 'The rules: a file of them; repeatable.',
      helpValue: 'FILE',
      multiple: true,
      multipleNonGreedy: true,
    }),
    min: Flags.string({ summary: 'The share of hits that must land well.', helpValue: 'PERCENT' }),
    top: Flags.integer({
      summary: 'How many of the URLs that do not are listed.',
      helpValue: 'N',
      default: 20,
      min: 0,
    }),
    ...readFlags,
    ...meaningFlags,
  };

  async run(): Promise<Answer> {
    const { argv, flags } = await this.parse(RedirectsCoverage);
    const { surroundings, progress } = this;
    const min = flags.min === undefined ? null : parsePercent(flags.min);
    const source = await coverageSource(flags, surroundings, () => this.client(flags));
    for (const warning of skippedLines(source.skipped)) this.addWarning(warning);
    const { result, warnings } = await measureCoverage(surroundings, {
      source,
      url: flags.url?.find((url) => !url.includes('*')),
      files: argv.map(String),
      top: flags.top,
      min,
      onProgress: (what) => progress.update(what),
    });
    progress.stop();
    for (const warning of warnings) this.addWarning(warning);
    return answer(result, (view) => renderCoverage(result, view), result.belowMin ? EXIT.pending : EXIT.done);
  }
}
