import type { Config, Interfaces } from '@oclif/core';
import { CommandHelp, Help } from '@oclif/core/help';
import { EXIT, type Exit } from '../domain/failure.ts';
import { colourLevel } from './output/colours.ts';
import { jsonText } from './output/json.ts';
import { write } from './output/write.ts';
import type { Surroundings } from './surroundings.ts';

/** oclif's help of a command with its examples first, since most people read no further, and what all commands have last. */
class ExamplesFirst extends CommandHelp {
  protected override sections() {
    const sections = super.sections().map(({ header, generate }) => ({
      header,
      generate: ((data, own) =>
        generate(
          { ...data, flags: data.flags.toSorted((x, y) => groupPlace(x) - groupPlace(y)) },
          own,
        )) as typeof generate,
    }));
    return sections.toSorted((x, y) => sectionPlace(x.header) - sectionPlace(y.header));
  }
}

const sectionPlace = (header: string): number => (header === 'EXAMPLES' ? 0 : 1);
const groupPlace = (flag: { readonly helpGroup?: string }): number => (flag.helpGroup === 'GLOBAL' ? 1 : 0);

/** Collects the help instead of printing it, since only the program writes. */
class CollectedHelp extends Help {
  protected override CommandHelpClass = ExamplesFirst;
  readonly lines: string[] = [];

  protected override log(...args: string[]): void {
    this.lines.push(args.join(' '));
  }
}

/** Prints the help of the program (`subject` null), a topic or a command. */
export async function showHelp(
  subject: string | null,
  config: Config,
  json: boolean,
  surroundings: Surroundings,
): Promise<Exit> {
  const options: Partial<Interfaces.HelpOptions> = {
    flagSortOrder: 'none',
    docopts: false,
    hideCommandSummaryInDescription: true,
    stripAnsi: json || colourLevel(surroundings.stdout, surroundings.env) === 0,
  };
  const help = new CollectedHelp(config, options);
  await help.showHelp(subject === null ? [] : [subject]);
  const text = `${help.lines.join('\n').trimEnd()}\n`;
  await write(surroundings.stdout, json ? `${jsonText({ data: { help: text }, warnings: [] })}\n` : text);
  return EXIT.done;
}
