import { describe, expect, it, vi } from 'vitest';
import { Progress } from '../../src/cli/progress.ts';
import { collector, surroundingsFor } from './support/in-process.ts';

/** Progress on a stream of that many columns (none: a pipe), with a clock the test moves. */
function progressOn(columns: number | undefined, quiet = false) {
  const stderr = collector(columns);
  const clock = { now: 0 };
  const surroundings = { ...surroundingsFor({}, collector().stream, stderr.stream), now: () => clock.now };
  return { progress: new Progress(surroundings, { quiet }), stderr, clock };
}

describe('progress in a pipe', () => {
  it('is one line at most every ten seconds', async () => {
    const { progress, stderr, clock } = progressOn(undefined);
    for (; clock.now <= 25_000; clock.now += 100) progress.update(`at ${clock.now}`);
    progress.stop();
    await vi.waitFor(() => expect(stderr.text()).toBe('at 10000\nat 20000\n'));
  });

  it('is nothing with --quiet', async () => {
    const { progress, stderr, clock } = progressOn(undefined, true);
    for (; clock.now <= 25_000; clock.now += 100) progress.update('x');
    await new Promise((resolve) => setImmediate(resolve));
    expect(stderr.text()).toBe('');
  });

  it('is plain lines too on a terminal without columns', async () => {
    const { progress, stderr, clock } = progressOn(0);
    progress.update('start');
    clock.now = 10_000;
    progress.update('a\u001b[2Jb');
    await vi.waitFor(() => expect(stderr.text()).toBe('a\\x1b[2Jb\n'));
  });
});

describe('progress on a terminal', () => {
  it('is there at once, cut to the line, and gone when it stops, though nothing else may run meanwhile', () => {
    const { progress, stderr } = progressOn(20);
    progress.update('reading');
    expect(stderr.text()).toBe('\r\u001b[Kreading');
    progress.update('planning the whole of it');
    expect(stderr.text()).toMatch(/\r\u001b\[Kplanning the whole $/);
    progress.stop();
    expect(stderr.text()).toMatch(/\r\u001b\[K$/);
    const before = stderr.text();
    progress.stop();
    expect(stderr.text()).toBe(before);
  });

  it('is redrawn, and gone when it stops', async () => {
    const { progress, stderr } = progressOn(80);
    progress.update('applying');
    // The spinner hides the cursor.
    await vi.waitFor(() => expect(stderr.text()).toMatch(/\u001b\[\?25l.*applying/s));
    progress.stop();
    // The cursor is shown again, and the line cleared.
    expect(stderr.text()).toMatch(/\u001b\[0?K.*\u001b\[\?25h/);
  });
});
