import { EXIT, Failure } from '../../domain/failure.ts';

/** As much of a flag's definition as this needs. */
export interface FlagKinds {
  readonly [name: string]: { readonly type: 'boolean' | 'option'; readonly char?: string | undefined };
}

/**
 * The failure of a switch that was given a value: `--json=false`, `--yes=no`. The parser would drop the value, or take it for
 * an argument, and so do the opposite of what was asked. The value itself is not shown, since it may be a token.
 */
export function valueOfSwitch(argv: readonly string[], flags: FlagKinds): Failure | null {
  const end = argv.indexOf('--');
  for (const word of end === -1 ? argv : argv.slice(0, end)) {
    const name = /^--([\w-]+)=/.exec(word)?.[1];
    if (name === undefined || !Object.hasOwn(flags, name) || flags[name]?.type !== 'boolean') continue;
    return new Failure({
      code: 'invalid-flag',
      exit: EXIT.usage,
      message: `--${name} takes no value: it is on where it is given, and off where it is left out.`,
      remedy: `Write --${name} alone, or leave it out.`,
      details: { flag: `--${name}` },
    });
  }
  return null;
}
