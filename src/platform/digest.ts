import { createHash, hash } from 'node:crypto';
import type { LineHash } from '../domain/document/rule-lines.ts';

/** SHA-256 of UTF-8 text, in lower-case hexadecimal. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

/** An incremental SHA-256 for {@link LineHash}. */
export function sha256Lines(): LineHash {
  const lines = createHash('sha256');
  return {
    update: (text) => {
      lines.update(text, 'utf8');
    },
    digest: () => lines.digest('hex'),
  };
}
