import { Socket } from 'node:net';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

/** Milliseconds between the request to end and the end. */
const GRACE = 250;

/**
 * Ends this process with the one that started it: nobody hears the answer any more, and nothing is to be written. In a
 * thread of its own, so that it is noticed whatever the program is busy with.
 *
 * @param fd of a pipe that the parent holds open and writes nothing to
 */
export function watchParent(fd) {
  new Worker(new URL(import.meta.url), { workerData: { fd } }).on('error', () => {}).unref();
}

if (!isMainThread) {
  const parent = new Socket({ fd: workerData.fd });
  parent.on('error', () => {});
  parent.on('close', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE);
  });
  parent.resume();
}
