import { createHash } from 'node:crypto';
import type { LineHash } from '../domain/document/rule-lines.ts';

/** SHA-256 of UTF-8 text, in lower-case hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** An incremental SHA-256 for {@link LineHash}. */
export function sha256Lines(): LineHash {
  const hash = createHash('sha256');
  return {
    update: (text) => {
      hash.update(text, 'utf8');
    },
    digest: () => hash.digest('hex'),
  };
}
