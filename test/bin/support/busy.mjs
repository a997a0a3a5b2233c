// A program that hears no signal while it works. Started with "wrapped", its own Node is between it and whoever starts it.
import { writeSync } from 'node:fs';
import { busyWorkOf } from '../../../src/cli/busy-work.ts';
import { Interruption } from '../../../src/cli/interruption.ts';

const [how] = process.argv.slice(2);
const parent = process.env['STORECTL_PARENT_FD'];

function work() {
  writeSync(1, `busy ${process.pid}\n`);
  for (;;);
}

if (how === 'wrapped' && parent === undefined) {
  const { start } = await import('../../../bin/own-node.js');
  start('no node');
} else if (how === 'wrapped') {
  const { watchParent } = await import('../../../bin/watch-parent.js');
  watchParent(Number(parent));
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  // The thread that watches is started by a turn of this one.
  setTimeout(work, 300);
} else {
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  const interruption = new Interruption(busyWorkOf(() => {}));
  try {
    if (how === 'sync') interruption.busy(work);
    else await interruption.busyAsync(async () => work());
  } catch (error) {
    process.stdout.write(`${error.code} ${process.listenerCount('SIGINT')} ${process.listenerCount('SIGTERM')}\n`);
    process.exit(error.exit);
  }
}
