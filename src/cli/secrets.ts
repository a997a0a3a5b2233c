import type { Surroundings } from './surroundings.ts';

/**
 * A URL with a user and a password, where it stands by itself: one inside of another URL's path or query is a part of that.
 * In RFC 3986 the password is what stands between the first colon and the last at-sign of the authority.
 */
const WITH_PASSWORD = /(?<![\w/=&?%.-])([a-z][a-z\d+.-]*:\/\/[^\s/?#@:"'`]*):[^\s/?#"'`]*@/giu;

/** The text with the passwords of its URLs replaced. No URL that the program works with has one: these are slips. */
export function withoutPasswords(text: string): string {
  // Most texts have no at-sign, and looking for one is quicker.
  return text.includes('@') ? text.replace(WITH_PASSWORD, '$1:***@') : text;
}

/** Shorter texts would be found in ordinary words. */
const SHORTEST = 4;

/** The text with every known token and password replaced: the last line of defence, since no message is built with a token. */
export function withoutSecrets(text: string, { secrets, env }: Pick<Surroundings, 'secrets' | 'env'>): string {
  let safe = withoutPasswords(text);
  for (const secret of [...secrets, env['STORECTL_TOKEN'] ?? '']) {
    if (secret.length >= SHORTEST) safe = safe.replaceAll(secret, '[token]');
  }
  return safe;
}
