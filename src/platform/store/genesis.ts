import { sha256 } from '../digest.ts';

/** What the first change set's hash builds on: no two platforms share a chain. */
export function genesisHash(platformId: string): string {
  return sha256(`storectl platform ${platformId}`);
}
