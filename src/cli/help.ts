import { stripVTControlCharacters } from 'node:util';
import type { Config, Interfaces } from '@oclif/core';
import { CommandHelp, Help } from '@oclif/core/help';
import { EXIT, type Exit } from '../domain/failure.ts';
import { addDetails } from './command-details.ts';
import { colourLevel } from './output/colours.ts';
import { jsonText } from './output/json.ts';
import { write } from './output/write.ts';
import type { Surroundings } from './surroundings.ts';

/** oclif's help of a command with its examples first, since most people read no further, and what all commands have last. */
class ExamplesFirst extends CommandHelp {
  #room = '';

  constructor(...given: ConstructorParameters<typeof CommandHelp>) {
    super(...given);
    this.render = lightTemplate(this.render, this.config.bin);
  }

  /**
   * A command line is there to be copied: broken inside a quoted word, it would be another one. Of a text under its name
   * oclif forgets that the whole list is indented too.
   */
  override wrap(body: string, spacing?: number): string {
    if (stripVTControlCharacters(body).startsWith('$ ')) return body;
    return super.wrap(body, spacing === UNDER_NAME ? spacing + this.indentSpacing : spacing);
  }

  /** With a `$` before the ones that begin with another program too: they are as much there to be copied. */
  protected override examples(examples: Examples): string | undefined {
    const own =
      examples === undefined || typeof examples === 'string' ? examples : examples.map(withPrompt(this.config.bin));
    return super.examples(own);
  }

  /** All of it: oclif shows its last line alone where the summary stands apart. */
  protected override description(): string | undefined {
    const { description } = this.command;
    return description === undefined ? undefined : this.wrap(description);
  }

  /** All groups of a command in the same columns, whether a flag of theirs has a letter or not. */
  protected override flags(flags: Parameters<CommandHelp['flags']>[0]) {
    const letters = Object.values(this.command.flags ?? {}).some(({ char }) => char !== undefined);
    this.#room = letters && flags.every(({ char }) => char === undefined) ? LETTER_ROOM : '';
    return super.flags(flags);
  }

  /** oclif trims the whole list, and with it the blanks before its first line. */
  override renderList(...given: Parameters<CommandHelp['renderList']>): string {
    const [first] = given[0][0] ?? [];
    const blanks = /^ */.exec(first ?? '')?.[0] ?? '';
    return blanks + super.renderList(...given);
  }

  protected override flagHelpLabel(...given: Parameters<CommandHelp['flagHelpLabel']>): string {
    return this.#room + super.flagHelpLabel(...given);
  }

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

/** What oclif takes a text to be indented by that stands under its name. */
const UNDER_NAME = 4;

type Examples = Parameters<CommandHelp['examples']>[0];
type Example = Extract<Examples, readonly unknown[]>[number];

/** What oclif takes away before the flags of a group in which none has a letter. */
const LETTER_ROOM = ' '.repeat(4);

function withPrompt(bin: string): (example: Example) => Example {
  return (example) => {
    if (typeof example === 'string' || /^(<%=|\$ )/.test(example.command) || example.command.startsWith(bin))
      return example;
    return { ...example, command: `$ ${example.command}` };
  };
}

const sectionPlace = (header: string): number => (header === 'EXAMPLES' ? 0 : 1);
const groupPlace = (flag: { readonly helpGroup?: string }): number => (flag.helpGroup === 'GLOBAL' ? 1 : 0);

/** Collects the help instead of printing it, since only the program writes. */
class CollectedHelp extends Help {
  protected override CommandHelpClass = ExamplesFirst;
  readonly lines: string[] = [];

  constructor(...given: ConstructorParameters<typeof Help>) {
    super(...given);
    this.render = lightTemplate(this.render, this.config.bin);
  }

  /** Topics with something in them. oclif asks of each topic whether any other is in it. */
  protected override get sortedTopics(): Interfaces.Topic[] {
    const { topics } = this.config;
    const parents = new Set(topics.map(({ name }) => name.slice(0, Math.max(0, name.lastIndexOf(':')))));
    return topics
      .filter(({ name, hidden }) => parents.has(name) && hidden !== true)
      .toSorted((x, y) => (x.name < y.name ? -1 : 1));
  }

  override wrap(body: string, spacing = this.indentSpacing): string {
    const text = this.render(body);
    return isNarrow(text, this.opts.maxWidth - spacing) ? text : super.wrap(text, spacing);
  }

  /** oclif wraps all of a topic's text but its first line. */
  protected override formatTopic(...given: Parameters<Help['formatTopic']>): string {
    const [first = '', ...rest] = super.formatTopic(...given).split('\n');
    return [this.wrap(first, 0), ...rest].join('\n');
  }

  /** oclif forgets, where a text stands under its name, that the whole list is indented once more. */
  override renderList(...[input, options]: Parameters<Help['renderList']>): string {
    const more = this.opts.maxWidth < NARROW ? this.indentSpacing : 0;
    return super.renderList(input, { ...options, indentation: options.indentation + more });
  }

  /** oclif wraps all of a command's text but its first line. */
  protected override summary(command: Parameters<Help['summary']>[0]): string | undefined {
    const summary = super.summary(command);
    return summary === undefined ? undefined : this.wrap(summary, 0);
  }

  protected override log(...args: string[]): void {
    this.lines.push(args.join(' '));
  }

  override formatRoot(): string {
    const { bin, pjson, version } = this.config;
    const examples = ROOT_EXAMPLES.map((example) => `$ ${bin} ${example}`).join('\n');
    const sections = [
      pjson.description ?? '',
      this.section('EXAMPLES', examples),
      this.section('USAGE', `$ ${bin} TOPIC VERB [ID] [flags]`),
      this.section('VERSION', version),
    ];
    const text = sections.join('\n\n');
    return this.opts.stripAnsi === true ? stripVTControlCharacters(text) : text;
  }
}

/** Columns under which texts of a list stand under their names. */
const NARROW = 60;

/** Whether the text fits as it is. Measuring wide characters and escapes is left to what wraps. */
function isNarrow(text: string, width: number): boolean {
  return /^[\n\x20-\x7e]*$/.test(text) && text.split('\n').every((line) => line.length <= width);
}

const ROOT_EXAMPLES = ['status', 'plan -f storectl.yaml --no-input --exit-code', 'status --json'];

/** oclif compiles every text of the help as a template, a third of the time of `--help`; nearly none of them is one. */
function lightTemplate(template: (text: string) => string, bin: string): (text: string) => string {
  return (text) => {
    const filled = text.replaceAll('<%= config.bin %>', bin);
    return filled.includes('<%') ? template(filled) : filled;
  };
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
  const command = subject === null ? undefined : config.findCommand(subject);
  if (command !== undefined) addDetails(command, config.root);
  const help = new CollectedHelp(config, options);
  await help.showHelp(subject === null ? [] : [subject]);
  const text = `${help.lines.join('\n').trimEnd()}\n`;
  await write(surroundings.stdout, json ? `${jsonText({ data: { help: text }, warnings: [] })}\n` : text);
  return EXIT.done;
}
