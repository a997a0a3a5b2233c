import { resolve } from 'node:path';
import type { Target } from '../connection.ts';
import type { Surroundings } from '../surroundings.ts';
import { LOCAL, platformUrl } from './contexts.ts';
import { type Settings, type Source, sourceText } from './settings.ts';
import { readToken, storedToken, usableToken } from './tokens.ts';

export interface TokenFound {
  readonly token: string;
  readonly source: Source;
}

/** The platform the settings point at, with the token for it. */
export async function targetOf(settings: Settings, surroundings: Surroundings): Promise<Target> {
  const { url, database } = settings.values;
  if (url.value === null) {
    return { kind: 'embedded', file: resolve(surroundings.cwd, database.value ?? '') };
  }
  const address = platformUrl(url.value, sourceText(url.source));
  const found = await findToken(settings, surroundings);
  return { kind: 'remote', url: address, token: found?.token ?? null };
}

/**
 * The token: STORECTL_TOKEN, the file STORECTL_TOKEN_FILE names, or the one kept for the context. A kept token goes
 * to its own context's address only, never to one that a flag or a variable put in its place.
 */
export async function findToken(settings: Settings, surroundings: Surroundings): Promise<TokenFound | null> {
  const { env, secrets } = surroundings;
  const variable = 'STORECTL_TOKEN';
  const given = env[variable];
  // One that is set and empty is a secret that a script has lost: to use another token instead would surprise.
  if (given !== undefined) {
    return { token: usableToken(given, variable, surroundings), source: { kind: 'environment', variable } };
  }
  const file = env['STORECTL_TOKEN_FILE'] ?? '';
  if (file !== '') {
    return {
      token: await readToken(file, surroundings),
      source: { kind: 'environment', variable: 'STORECTL_TOKEN_FILE' },
    };
  }
  const { context, url } = settings.values;
  if (url.source.kind !== 'context') return null;
  const token = await storedToken(settings.folders, context.value ?? LOCAL);
  if (token === null) return null;
  secrets.add(token);
  return { token, source: { ...url.source } };
}
