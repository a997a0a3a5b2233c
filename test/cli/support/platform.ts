import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Client, openClient } from '../../../src/client/index.ts';
import { type Ended, run, temporaryFolder, type World } from './in-process.ts';

/** A program with an embedded platform of its own, which goes away with the test. */
export interface Installation {
  readonly folder: string;
  run(argv: readonly string[], world?: World): Promise<Ended>;
}

export function installation(shared: World = {}): Installation {
  const folder = temporaryFolder();
  const env = { STORECTL_HOME: join(folder, 'home') };
  return {
    folder,
    run: (argv, world = {}) =>
      run(argv, { openClient, cwd: folder, ...shared, ...world, env: { ...env, ...shared.env, ...world.env } }),
  };
}

/** The admin API of a platform in a temporary file. */
export async function temporaryClient(now: () => number = () => Date.UTC(2024, 10, 1)): Promise<Client> {
  const file = join(temporaryFolder(), 'platform.sqlite');
  const client = await openClient({ kind: 'embedded', file }, { actor: 'tester', version: '0.0.0-test', now });
  onTestFinished(() => client.close());
  return client;
}
