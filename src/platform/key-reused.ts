import { EXIT, Failure } from '../domain/failure.ts';

export function keyReused(): Failure {
  return new Failure({
    code: 'idempotency-key-reused',
    exit: EXIT.usage,
    message: 'This Idempotency-Key came with another request before.',
    remedy: 'Use a fresh key for each new request.',
  });
}
