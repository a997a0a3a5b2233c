import { EXIT, Failure } from '../domain/failure.ts';
import type { ProvenEdge } from '../redirects/edges/edge.ts';
import type { ProofRequest } from './proof-request.ts';
import { NoAnswer, PATIENCE } from './raw-request.ts';

/**
 * What a request without an answer means: the server hangs on it, or has ended. Both are for people to know of.
 *
 * @throws Failure `edge-silent` (3), `edge-ended` (3); any other error as it is
 */
export function unanswered(edge: ProvenEdge, { scheme, host, target }: ProofRequest): (error: unknown) => never {
  const url = `${scheme}://${host}${target.length > LONGEST ? `${target.slice(0, LONGEST)}…` : target}`;
  return (error) => {
    if (error instanceof NoAnswer) {
      throw new Failure({
        code: 'edge-silent',
        exit: EXIT.pending,
        message: `${edge} gives no answer within ${PATIENCE / 1000} s to ${url}`,
        remedy: 'It may go through all rules for each request: prove fewer of them at a time, or choose another edge.',
        details: { edge, scheme, host, target },
      });
    }
    if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') {
      throw new Failure({
        code: 'edge-ended',
        exit: EXIT.pending,
        message: `${edge} has ended while it was asked; it was to answer ${url}`,
        remedy: 'Something asked of it, or the memory that its rules take, has ended it: prove fewer rules at a time.',
        details: { edge, scheme, host, target },
      });
    }
    throw error;
  };
}

const LONGEST = 200;
