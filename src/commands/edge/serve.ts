import { Flags } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { instantOf, readAskedTime } from '../../cli/answers/asked-time.ts';
import { utc } from '../../cli/answers/moments.ts';
import { documentFlag } from '../../cli/answers/source-for.ts';
import { wantsJson } from '../../cli/argv.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { edgeHint } from '../../cli/servers/edge-text.ts';
import { documentWorld, followWorld, platformWorld } from '../../cli/servers/edge-world.ts';
import { faultText } from '../../cli/servers/fault-text.ts';
import { startLine, untilStopped } from '../../cli/servers/until-stopped.ts';
import { startEdge } from '../../edge/edge-server.ts';

/** How soon the edge answers from what was applied, in milliseconds. */
const LOOK_EVERY = 2000;

export class EdgeServe extends BaseCommand {
  static override summary = 'Answer real HTTP requests by their Host header, the way explain says.';
  static override description =
    `It stands in for a real edge, for trying and rehearsing, and listens on 127.0.0.1 unless told. It prints its URL once it has its rules and listens, follows what is applied or written to the document within seconds, and runs until it is stopped. While it reads newer rules, be they a million, answers go on from those that it has.

Requests count as https unless X-Forwarded-Proto is http. Each answer says in x-storectl-decided-by what decided it, and is never to be cached.`;
  static override examples = [
    '<%= config.bin %> edge serve --port 8080 --at "2025-01-01T00:00Z"',
    { description: 'In CI', command: '<%= config.bin %> edge serve -f storectl.yaml --no-input --quiet &' },
    { description: 'For scripts', command: '<%= config.bin %> edge serve --json > edge.json &' },
  ];
  static override flags = {
    host: Flags.string({ summary: 'The address to listen on.', default: '127.0.0.1' }),
    port: Flags.integer({ summary: 'The port; 0 takes a free one.', default: 0, min: 0, max: 65535 }),
    at: Flags.string({ summary: 'Answer for this instant; without it, for now.', helpValue: 'TIME' }),
    ...documentFlag,
  };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(EdgeServe);
    const { surroundings } = this;
    const asked = readAskedTime(flags.at ?? 'now');
    const fixed = asked.text === 'now' ? null : instantOf(asked, surroundings.now(), null);
    const now = () => fixed ?? surroundings.now();
    this.progress.update('Reading and compiling the rules');
    const source =
      flags.file === undefined
        ? platformWorld(await this.client(flags), now)
        : documentWorld(surroundings, flags.file, now);
    const tell = (message: string) => {
      this.progress.stop();
      void this.say(message).catch(() => {});
    };
    const world = await followWorld(source, {
      every: LOOK_EVERY,
      onChange: () => this.progress.update('Reading newer documents'),
      onReload: () => tell('Answering from newer documents.'),
      onFault: (error) => tell(`Answering from the last good documents: ${faultText(error)}`),
    });
    this.progress.stop();
    const edge = await startEdge({
      host: flags.host,
      port: flags.port,
      world: () => world.current(),
      now,
      onFault: (error) => tell(`A request could not be answered: ${faultText(error)}`),
    });
    const { documents } = world.current().index;
    return untilStopped(surroundings.interruption, {
      line: startLine({ url: edge.url, at: utc(fixed), sites: documents.sites.size }, wantsJson(this.argv)),
      say: () => this.say(edgeHint(edge.url, documents, fixed)),
      graceful: false,
      stop: async () => {
        this.progress.stop();
        world.stop();
        await edge.close();
      },
    });
  }
}
