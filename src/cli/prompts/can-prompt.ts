import { EXIT, Failure } from '../../domain/failure.ts';
import type { Surroundings } from '../surroundings.ts';

/**
 * Whether a person sits there to be asked: standard input and standard error are terminals, CI is unset and
 * --no-input is absent. `CI=` (empty), `CI=0` and `CI=false` count as unset, as CI systems mean them.
 */
export function canPrompt({ stdin, stderr, env }: Surroundings, options: { readonly noInput: boolean }): boolean {
  const ci = env['CI'] ?? '';
  const inCi = ci !== '' && ci !== '0' && ci !== 'false';
  return !options.noInput && !inCi && stdin.isTTY === true && stderr.isTTY === true;
}

/** Ends a command that may not ask, naming every flag that would have answered. */
export function missingFlags(flags: readonly string[]): Failure {
  const list = flags.join(', ');
  return new Failure({
    code: 'input-needed',
    exit: EXIT.usage,
    message: `Missing ${list}.`,
    remedy: `Nobody can be asked here, so give ${flags.length === 1 ? 'it' : 'them'} on the command line.`,
    details: { flags },
  });
}
