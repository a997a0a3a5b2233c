/** Starts counting; gives the whole milliseconds since. The global `performance` takes 4 ms to load. */
export function stopwatch(): () => number {
  const started = process.hrtime.bigint();
  return () => Number((process.hrtime.bigint() - started) / 1_000_000n);
}
