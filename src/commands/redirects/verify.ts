import { Args, Flags } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { documentFlag } from '../../cli/answers/source-for.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { skippedLines } from '../../cli/rules-files/skipped-lines.ts';
import { meaningFlags, readFlags } from '../../cli/rules-files/source-flags.ts';
import { reportText } from '../../cli/verify/render-verify.ts';
import { verifyFlags } from '../../cli/verify/verify-flags.ts';
import { exitOf } from '../../cli/verify/verify-result.ts';
import { verifyRun } from '../../cli/verify/verify-run.ts';
import { verifySource } from '../../cli/verify/verify-source.ts';

export class RedirectsVerify extends BaseCommand {
  static override summary = 'Ask the real hosts, and compare what they do with what the rules say.';
  static override description =
    'Each URL is asked over HTTP(S) and followed hop by hop, at most ten. Status, Location, the number of hops and the final page (status, canonical link, noindex) are compared. Only hosts that the URLs or their rules name are asked. Exit 3 where one differs, 9 where one gives no answer.\n\nRules in files are taken to be in force. A document or the platform knows when each site goes dark and what is exempt: its hosts are held to what explain says at --at, and until then a site is to answer by itself.';
  static override examples = [
    '<%= config.bin %> redirects verify redirects/po.co-uk.csv --url https://po.co/uk/ --resolve po.co:443:192.0.2.1',
    {
      description: 'In CI',
      command:
        '<%= config.bin %> redirects verify --ruleset poco-gb --shard 1/4 --rate 50/s --report junit --out verify.xml --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> redirects verify --ruleset poco-gb --sample 200 --seed 7 --json',
    },
  ];
  static override strict = false;
  static override args = { files: Args.string({ description: 'Files of rules; - is standard input.' }) };
  static override flags = {
    ruleset: Flags.string({
      summary: 'Only the URLs of this ruleset, of the document or the platform.',
      helpValue: 'ID',
    }),
    ...documentFlag,
    ...verifyFlags,
    ...readFlags,
    ...meaningFlags,
  };

  async run(): Promise<Answer> {
    const { argv, flags } = await this.parse(RedirectsVerify);
    const { surroundings, progress } = this;
    const source = await verifySource(argv.map(String), flags, surroundings, () => this.client(flags));
    for (const warning of skippedLines(source.skipped)) this.addWarning(warning);
    const userAgent = `storectl/${this.config.version}`;
    const result = await verifyRun(source, flags, {
      ...{ surroundings, progress, userAgent },
      onDebug: (line) => this.trace(line),
    });
    // The report is in its file already; what a person sees is the summary.
    const report = flags.out === undefined || flags.out === '-' ? flags.report : 'text';
    return answer(result, (view) => reportText(result, report, view).replace(/\n$/, ''), exitOf(result));
  }
}
