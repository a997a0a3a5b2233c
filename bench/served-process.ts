import { spawn } from 'node:child_process';
import { servePlatform } from '../src/client/serve-platform.ts';

/** A platform in a process of its own, so that what asks and what answers do not share a thread. */
export interface ServedProcess {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts `program serve DATABASE`, a benchmark that ends with {@link serveUntilInputEnds}, and waits for its address. */
export async function startServed(program: string, database: string): Promise<ServedProcess> {
  const child = spawn(process.execPath, [program, 'serve', database], { stdio: ['pipe', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (bytes: Buffer) => resolve(String(bytes).trim()));
    child.once('exit', () => reject(new Error('the platform did not start')));
  });
  return {
    url,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin.end();
      await ended;
    },
  };
}

/** Serves a platform on a free port, prints its address, and ends with standard input. */
export async function serveUntilInputEnds(database: string): Promise<void> {
  const served = await servePlatform({
    database,
    version: '0',
    host: '127.0.0.1',
    port: 0,
    allowInsecure: false,
    now: Date.now,
    onBug: (error) => console.error(error),
  });
  console.log(served.url);
  process.stdin.resume();
  process.stdin.once('end', () => void served.close().then(() => process.exit(0)));
}
