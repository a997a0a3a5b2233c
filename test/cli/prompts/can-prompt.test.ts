import { describe, expect, it } from 'vitest';
import { canPrompt, missingFlags } from '../../../src/cli/prompts/can-prompt.ts';
import type { Surroundings } from '../../../src/cli/surroundings.ts';
import { collector, surroundingsFor } from '../support/in-process.ts';

describe('canPrompt', () => {
  const at = (columns: number | undefined, env: Readonly<Record<string, string>> = {}) => {
    const output = columns === undefined ? collector() : collector(columns);
    return surroundingsFor({ ...(columns === undefined ? {} : { columns }), env }, output.stream, output.stream);
  };

  it.each<[string, () => Surroundings, boolean, boolean]>([
    ['a terminal', () => at(80), false, true],
    ['pipes', () => at(undefined), false, false],
    ['--no-input', () => at(80), true, false],
    ['CI', () => at(80, { CI: 'true' }), false, false],
    ['CI=1', () => at(80, { CI: '1' }), false, false],
    ['CI=false', () => at(80, { CI: 'false' }), false, true],
    ['CI set to nothing', () => at(80, { CI: '' }), false, true],
    ['piped input', () => ({ ...at(80), stdin: at(undefined).stdin }), false, false],
    ['piped messages', () => ({ ...at(80), stderr: collector().stream }), false, false],
    ['piped output alone', () => ({ ...at(80), stdout: collector().stream }), false, true],
  ])('with %s', (_, surroundings, noInput, expected) => {
    expect(canPrompt(surroundings(), { noInput })).toBe(expected);
  });

  it('names every missing flag otherwise', () => {
    expect(missingFlags(['--into', '--dark'])).toMatchObject({ exit: 2, message: 'Missing --into, --dark.' });
  });
});
