import { EXIT, Failure } from '../../domain/failure.ts';

export function notFound(noun: string, id: string, remedy?: string): Failure {
  return new Failure({
    code: 'not-found',
    exit: EXIT.notFound,
    message: `There is no ${noun} ${id} on this platform.`,
    remedy: remedy ?? `List what there is, and check the spelling.`,
    details: { noun, id },
  });
}
