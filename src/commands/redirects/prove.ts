import { Args, Flags } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { proofView, renderProof } from '../../cli/rules-files/render-proof.ts';
import { rulesAtInstant } from '../../cli/rules-files/rules-source.ts';
import { meaningFlags, readFlags } from '../../cli/rules-files/source-flags.ts';
import { EXIT } from '../../domain/failure.ts';
import { isProven, prove } from '../../edge-proof/prove.ts';
import { serverPath } from '../../edge-proof/running-server.ts';
import { PROVEN_EDGES } from '../../redirects/edges/edge.ts';

export class RedirectsProve extends BaseCommand {
  static override summary = 'Prove on the real server that an exported edge answers like the engine.';
  static override description =
    `It starts nginx, Caddy, HAProxy or Apache on a free port of this machine with the exported rules, sends it the rules’ own URLs and mutations of them (case, slashes, escapes, queries, ports, long and hostile input), compares every answer, and ends it. A _redirects file is asked of Netlify’s own matcher (npm: @netlify/redirects) or Cloudflare’s own runtime (npm: wrangler), without the rules that lose something there. Exit 3 where an answer differs or does not come, where a rule cannot be used (it is named), where none is left to ask for, and where the requests were too few for a kind of rule.

With --json, data is {edge, seed, requests, agreed, refused, spelling, lost, leftOut, losses: [{rule, from, file, line, feature, lost}], differences: [{scheme, host, target, why, rule, expected: {status, location}, actual: {status, location}}], asked: [{kind, asked, of}], unusable: [{rule, from, file, line, code, why}], skipped}.`;
  static override examples = [
    '<%= config.bin %> redirects prove redirects/po.co-uk.csv --edge nginx --url https://po.co/uk/',
    {
      description: 'In CI',
      command: '<%= config.bin %> redirects prove --ruleset poco-gb --edge haproxy --requests 20000 --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> redirects prove --ruleset poco-gb --edge caddy --seed 7 --json',
    },
  ];
  static override strict = false;
  static override args = { files: Args.string({ description: 'Files of rules; - is standard input.' }) };
  static override flags = {
    edge: Flags.option({ options: PROVEN_EDGES })({
      summary: 'The server, or the host of static sites.',
      required: true,
    }),
    ruleset: Flags.string({ summary: 'A ruleset of the platform.', helpValue: 'ID' }),
    requests: Flags.integer({ summary: 'How many requests in all.', helpValue: 'N', default: 5000, min: 1 }),
    seed: Flags.integer({
      summary: 'Of the mutations; the same seed gives the same ones.',
      helpValue: 'N',
      default: 1,
    }),
    ...readFlags,
    ...meaningFlags,
  };

  async run(): Promise<Answer> {
    const { argv, flags } = await this.parse(RedirectsProve);
    const { surroundings, progress } = this;
    const files = argv.map(String);
    const { ruleset, at, skipped } = await rulesAtInstant(files, flags, surroundings, () => this.client(flags));
    progress.update(`Starting ${flags.edge}`);
    // Whatever ends the run, the server is ended first.
    const proof = await surroundings.interruption.protect(() =>
      prove({
        edge: flags.edge,
        ruleset,
        at,
        seed: flags.seed,
        requests: flags.requests,
        path: serverPath(surroundings.env['PATH'] ?? '', surroundings.cwd),
        cwd: surroundings.cwd,
        signal: this.signal,
        busy: (work) => surroundings.interruption.busy(work),
        onProgress: (sent, total) => progress.update(`Asking ${flags.edge}: ${sent} of ${total}`),
      }),
    );
    progress.stop();
    const result = proofView(proof, ruleset, skipped.length);
    return answer(result, (view) => renderProof(result, view), isProven(proof) ? EXIT.done : EXIT.pending);
  }
}
