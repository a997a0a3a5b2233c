import { resolve } from 'node:path';
import { Flags } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { wantsJson } from '../../cli/argv.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { platformHint } from '../../cli/servers/platform-text.ts';
import { readTls } from '../../cli/servers/tls-files.ts';
import { startLine, untilStopped } from '../../cli/servers/until-stopped.ts';

export class PlatformServe extends BaseCommand {
  static override summary = 'Serve the platform that comes with this package over HTTP.';
  static override description =
    'It serves the database that the embedded platform works on, and both may work on it at once. Requests need a token: see platform token create. It listens on 127.0.0.1 unless told; another address needs a certificate, or --allow-insecure where something in front of it does TLS. It prints its URL once it listens, and runs until it is stopped.';
  static override examples = [
    '<%= config.bin %> platform serve',
    {
      description: 'In CI',
      command: '<%= config.bin %> platform serve --port 0 --no-input --quiet > url.txt &',
    },
    { description: 'For scripts', command: '<%= config.bin %> platform serve --json > platform.json &' },
  ];
  static override flags = {
    host: Flags.string({ summary: 'The address to listen on.', default: '127.0.0.1' }),
    port: Flags.integer({ summary: 'The port; 0 takes a free one.', default: 7420, min: 0, max: 65535 }),
    'tls-cert': Flags.string({ summary: 'The certificate with its chain, PEM.', helpValue: 'FILE' }),
    'tls-key': Flags.string({ summary: 'The private key of the certificate, PEM.', helpValue: 'FILE' }),
    'allow-insecure': Flags.boolean({
      summary: 'Serve other machines without TLS: something in front does it.',
    }),
    'log-requests': Flags.boolean({ summary: 'One JSON line per request on standard error.' }),
  };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(PlatformServe);
    const { surroundings } = this;
    const tls = await readTls(flags, surroundings);
    const { values } = await this.settings(flags);
    const database = resolve(surroundings.cwd, values.database.value ?? '');
    const { servePlatform } = await import('../../client/serve-platform.ts');
    const log = (record: unknown) => void surroundings.stderr.write(`${JSON.stringify(record)}\n`);
    const platform = await servePlatform({
      database,
      version: this.config.version,
      host: flags.host,
      port: flags.port,
      allowInsecure: flags['allow-insecure'],
      now: () => surroundings.now(),
      onBug: (error, requestId) => log({ requestId, bug: error instanceof Error ? error.stack : String(error) }),
      ...(tls === undefined ? {} : { tls }),
      ...(flags['log-requests'] ? { onRequest: log } : {}),
    });
    return untilStopped(surroundings.interruption, {
      line: startLine({ url: platform.url, database }, wantsJson(this.argv)),
      say: () => this.say(platformHint(platform.url, database)),
      graceful: true,
      stop: () => platform.close(),
    });
  }
}
