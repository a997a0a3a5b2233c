import { sha256 } from '../digest.ts';
import type { Caller, PlatformParts } from '../parts.ts';

/** `lastUsedAt` is for finding tokens that nobody uses: a minute's grain is plenty, and spares a write per request. */
const USE_GRAIN = 60_000;

/**
 * Who holds this bearer secret. The look-up is by the secret's hash: what an attacker can vary is hashed first, so
 * the time it takes says nothing of any secret.
 */
export async function authenticate(platform: PlatformParts, secret: string): Promise<Caller | null> {
  const now = platform.now();
  const token = await platform.store.read((tables) => tables.tokens.bySecretHash(sha256(secret)));
  if (token === null || (token.expiresAt !== null && token.expiresAt <= now)) return null;
  if (token.lastUsedAt === null || now - token.lastUsedAt >= USE_GRAIN) {
    // A store that is full or busy must not keep anybody from reading.
    await platform.store.write((tables) => tables.tokens.touch(token.id, now)).catch(() => undefined);
  }
  return { actor: token.name, role: token.role };
}
