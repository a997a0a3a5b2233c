import type { Output } from '../surroundings.ts';

/** Writes and waits until the stream has taken it, so that a slow reader slows us down and loses nothing. */
export function write(stream: Output, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error?: Error | null) => (error ? reject(error) : resolve()));
  });
}
