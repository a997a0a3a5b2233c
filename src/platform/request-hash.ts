import type { AnyOperation, LineBlocks, OperationInput } from '../contract/operation.ts';
import { sha256, sha256Lines } from './digest.ts';

type Input = OperationInput<AnyOperation>;

/** A request, and what tells it apart from any other. */
export interface HashedRequest {
  /** What the handler is to work on: a streamed body is hashed as it passes. */
  readonly input: Input;
  /** SHA-256 over all of the request. Reads what nobody has read yet of a streamed body. */
  hash(): Promise<string>;
}

export function hashedRequest(operation: AnyOperation, input: Input): HashedRequest {
  const { params, query, ifMatch } = input;
  const over = (body: unknown) => sha256(JSON.stringify([operation.name, params, query, body, ifMatch ?? null]));
  if (operation.stream !== 'request') return { input, hash: async () => over(input.body) };

  const lines = sha256Lines();
  const body = passing(input.body as LineBlocks, (block) => {
    if (block.length > 0) lines.update(`${block.join('\n')}\n`);
  });
  let digest: string | null = null;
  return {
    input: { ...input, body },
    async hash() {
      for await (const _ of body);
      digest ??= lines.digest();
      return over(digest);
    },
  };
}

async function* passing(blocks: LineBlocks, see: (block: readonly string[]) => void): LineBlocks {
  for await (const block of blocks) {
    see(block);
    yield block;
  }
}
