import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

/** Milliseconds that a child has for its own end, after it was asked a second time. */
const GRACE = 300;

/** A checkout brings its own Node, so that `npx storectl` works there whatever the machine has; elsewhere, says what is needed. */
export function start(needs) {
  let node;
  try {
    node = createRequire(import.meta.url).resolve('node/bin/node');
  } catch {
    console.error(needs);
    process.exitCode = 1;
    return;
  }
  const child = spawn(node, process.argv.slice(1), {
    // The fourth is never written to: its end tells the child that nobody waits for it any more.
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { ...process.env, STORECTL_PARENT_FD: '3' },
  });
  let asked = 0;
  let killedFor = 0;
  const ask = (signal, exit) => {
    asked += 1;
    // A terminal sends Ctrl-C to both; a child that hears of one twice at once takes it for one.
    child.kill(signal);
    if (asked === 2) {
      setTimeout(() => {
        killedFor = exit;
        child.kill('SIGKILL');
      }, GRACE).unref();
    }
  };
  process.on('SIGINT', () => ask('SIGINT', 130));
  process.on('SIGTERM', () => ask('SIGTERM', 143));
  child.on('exit', (code, signal) => {
    if (killedFor !== 0) {
      restoreTerminal();
      process.exit(killedFor);
    }
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** A child that was killed may have left the terminal raw or without its cursor. */
function restoreTerminal() {
  if (process.stdin.isTTY) spawnSync('stty', ['sane'], { stdio: ['inherit', 'ignore', 'ignore'] });
  if (process.stderr.isTTY) process.stderr.write('\u001b[?25h');
}
