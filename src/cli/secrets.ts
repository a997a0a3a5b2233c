import type { Surroundings } from './surroundings.ts';

/** Shorter texts would be found in ordinary words. */
const SHORTEST = 4;

/** The text with every known token replaced: the last line of defence, since no message is built with a token. */
export function withoutSecrets(text: string, { secrets, env }: Pick<Surroundings, 'secrets' | 'env'>): string {
  let safe = text;
  for (const secret of [...secrets, env['STORECTL_TOKEN'] ?? '']) {
    if (secret.length >= SHORTEST) safe = safe.replaceAll(secret, '[token]');
  }
  return safe;
}
