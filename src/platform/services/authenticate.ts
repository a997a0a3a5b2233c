import { sha256 } from '../digest.ts';
import type { Caller, PlatformParts } from '../parts.ts';
import type { TokenRow } from '../store/rows.ts';

/** `lastUsedAt` is for finding tokens that nobody uses: a minute's grain is plenty, and spares a write per request. */
const USE_GRAIN = 60_000;

/**
 * Who holds this bearer secret. The look-up is by the secret's hash: what an attacker can vary is hashed first, so
 * the time it takes says nothing of any secret.
 */
export async function authenticate(platform: PlatformParts, secret: string): Promise<Caller | null> {
  const now = platform.now();
  const token = await lookUp(platform, sha256(secret));
  if (token === null || (token.expiresAt !== null && token.expiresAt <= now)) return null;
  noteUse(platform, token, now);
  return { actor: token.name, role: token.role };
}

/**
 * Requests that arrive together ask once for the token that they share: each look-up is a transaction of its own, and a
 * sale has hundreds of them at a time. The next turn of the process asks anew,
 * and so does a revocation here, so a token that was revoked is refused.
 */
function lookUp({ store, tokenLookUps }: PlatformParts, hash: string): Promise<TokenRow | null> {
  const known = tokenLookUps.get(hash);
  if (known !== undefined) return known;
  const found = store.read((tables) => tables.tokens.bySecretHash(hash));
  tokenLookUps.set(hash, found);
  setImmediate(() => tokenLookUps.delete(hash));
  return found;
}

/** Notes the use after the request, and only where that waits for nobody: a note must never keep anybody from reading. */
function noteUse({ store, tokenUses }: PlatformParts, { id, lastUsedAt }: TokenRow, now: number): void {
  // A note that failed is tried again after its grain, and not with every request.
  if (now - Math.max(lastUsedAt ?? 0, tokenUses.get(id) ?? 0) < USE_GRAIN) return;
  tokenUses.set(id, now);
  setImmediate(() => {
    store.write((tables) => tables.tokens.touch(id, now), { patience: 0 }).catch(() => undefined);
  });
}
