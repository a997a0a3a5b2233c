import { Args } from '@oclif/core';
import { type Answer, answer } from '../cli/answer.ts';
import { BaseCommand } from '../cli/base-command.ts';
import { SHELLS, shellNamed, shellOf, writeCompletion } from '../cli/completion.ts';
import { EXIT, Failure } from '../domain/failure.ts';

export class Autocomplete extends BaseCommand {
  static override summary = 'Set up completion of commands and flags in your shell.';
  static override description =
    'Writes the completion functions into the cache folder and prints the line that turns them on. Run it again after an update.';
  static override examples = [
    '<%= config.bin %> autocomplete zsh',
    { description: 'In CI, or when an image is built', command: '<%= config.bin %> autocomplete bash --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> autocomplete bash --json' },
  ];
  static override args = {
    shell: Args.string({
      description: `The shell: ${SHELLS.join(', ')}; the one of SHELL unless given.`,
    }),
  };

  async run(): Promise<Answer> {
    const { args } = await this.parse(Autocomplete);
    const shell = args.shell === undefined ? shellOf(this.surroundings.env) : shellNamed(args.shell);
    if (shell === null) throw unknownShell(args.shell);
    const completion = await writeCompletion(shell, this.config);
    return answer(completion, ({ width }) =>
      // In a pipe the line alone: storectl autocomplete bash >> ~/.bashrc
      width === null
        ? completion.line
        : `Add this line to ${completion.startFile}, then start a new shell:\n\n  ${completion.line}`,
    );
  }
}

function unknownShell(named: string | undefined): Failure {
  return new Failure({
    code: 'unknown-shell',
    exit: EXIT.usage,
    message:
      named === undefined
        ? 'SHELL names no shell that completion knows.'
        : `SHELL: completion knows no "${named}". It knows ${SHELLS.join(', ')}.`,
    remedy: `Name one: storectl autocomplete ${SHELLS.join('|')}`,
  });
}
