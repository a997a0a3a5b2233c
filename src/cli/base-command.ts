import { Command } from '@oclif/core';
import { escapeControls } from '../domain/escape.ts';
import { type Exit, Failure } from '../domain/failure.ts';
import type { Answer, Warning } from './answer.ts';
import { hasFlag, wantsJson } from './argv.ts';
import { type Client, heedingSignals } from './connection.ts';
import { valueOfSwitch } from './failures/boolean-value.ts';
import { globalFlags } from './global-flags.ts';
import { hangLines } from './output/hang.ts';
import { terminalWidth, viewOf } from './output/view.ts';
import { write } from './output/write.ts';
import { present, warningText } from './present.ts';
import { Progress } from './progress.ts';
import { canPrompt } from './prompts/can-prompt.ts';
import { withoutPasswords, withoutSecrets } from './secrets.ts';
import { documentSettings } from './settings/document-settings.ts';
import { loadSettings, type Settings } from './settings/settings.ts';
import { targetOf } from './settings/target.ts';
import type { Surroundings } from './surroundings.ts';
import { surroundingsOf } from './surroundings-of.ts';

/**
 * What every command is built on. A command declares its summary, examples, args and flags, and `run` returns an
 * Answer; writing it, warnings, JSON, failures and exits are done here and in the program, once for all.
 */
export abstract class BaseCommand extends Command {
  static override baseFlags = globalFlags;

  readonly #warnings: Warning[] = [];
  /** How many of them stand on standard error. */
  #told = 0;
  #settings: Promise<Settings> | null = null;
  #client: Promise<Client> | null = null;
  #progress: Progress | null = null;

  abstract override run(): Promise<Answer>;

  /** The world as this run sees it; commands reach for nothing else. */
  protected get surroundings(): Surroundings {
    return surroundingsOf(this.config);
  }

  /** Aborted when the run is asked to stop. */
  protected get signal(): AbortSignal {
    return this.surroundings.interruption.signal;
  }

  protected get quiet(): boolean {
    return hasFlag(this.argv, '--quiet');
  }

  /** Whether a question may be asked; the rule is the same for every command. */
  protected get mayPrompt(): boolean {
    return canPrompt(this.surroundings, { noInput: hasFlag(this.argv, '--no-input') });
  }

  /** Progress on standard error, as the terminal and --quiet allow. */
  protected get progress(): Progress {
    this.#progress ??= new Progress(this.surroundings, { quiet: this.quiet || wantsJson(this.argv) });
    return this.#progress;
  }

  /** The settings and where each came from; `context` and others given as flags outrank the rest. */
  protected settings(flags: Readonly<Record<string, unknown>>): Promise<Settings> {
    this.#settings ??= documentSettings(this.surroundings, flags).then((document) =>
      loadSettings(this.surroundings, flags, document),
    );
    return this.#settings;
  }

  /** The admin API of the context's platform; opened at the first use and closed when the command ends. */
  protected client(flags: Readonly<Record<string, unknown>>): Promise<Client> {
    this.#client ??= this.#open(flags);
    return this.#client;
  }

  /** Something worth knowing that is no failure. */
  protected addWarning(warning: Warning): void {
    if (this.#warnings.some(({ code, message }) => code === warning.code && message === warning.message)) return;
    this.#warnings.push(warning);
  }

  /** oclif's own warnings (deprecations) go the same way as ours. */
  override warn(input: string | Error): string | Error {
    this.addWarning({ code: 'note', message: typeof input === 'string' ? input : input.message });
    return input;
  }

  /** A message for people while the command works; silent with --quiet and --json. */
  protected async say(message: string): Promise<void> {
    if (this.quiet || wantsJson(this.argv)) return;
    const { stderr } = this.surroundings;
    const lines = hangLines('', withoutPasswords(message), terminalWidth(stderr));
    await write(stderr, `${lines.join('\n')}\n`);
  }

  /** A line about what happens inside, with --debug alone. */
  protected trace(line: string): void {
    if (!hasFlag(this.argv, '--debug')) return;
    const { stderr } = this.surroundings;
    stderr.write(`${withoutSecrets(escapeControls(line), this.surroundings)}\n`);
  }

  /** Runs the command, writes what it has to say, and returns the exit. */
  async execute(): Promise<Exit> {
    const refused = valueOfSwitch(this.argv, { ...this.ctor.baseFlags, ...this.ctor.flags });
    if (refused !== null) throw refused;
    try {
      const answer = await this._run<Answer>().catch((error: unknown) => this.#failed(error));
      const json = wantsJson(this.argv);
      if (!json) await this.tellWarnings();
      return await present(answer, { json, quiet: this.quiet, warnings: this.#warnings }, this.surroundings);
    } finally {
      // Not before: a stream is still being made while it is written.
      await this.#closeClient();
    }
  }

  /** Failures are presented by the program; oclif's own handling would print what it should not. */
  protected override async catch(error: Error): Promise<never> {
    this.#progress?.stop();
    throw error;
  }

  protected override async finally(): Promise<void> {
    this.#progress?.stop();
  }

  async #closeClient(): Promise<void> {
    // A client that could not be opened has already failed the run.
    const client = await this.#client?.catch(() => null);
    await client?.close();
  }

  async #open(flags: Readonly<Record<string, unknown>>): Promise<Client> {
    const { openClient, now, user } = this.surroundings;
    const settings = await this.settings(flags);
    const target = await targetOf(settings, this.surroundings);
    const client = await openClient(target, {
      actor: settings.values.actor.value ?? user,
      version: this.config.version,
      now,
      onWarning: (message) => this.addWarning({ code: 'platform', message }),
      onWaiting: (message) => this.progress.update(message),
      onDebug: (line) => this.trace(line),
    });
    return client.target.kind === 'embedded' ? heedingSignals(client, this.surroundings.interruption) : client;
  }

  /** Says now what a person should have read before what comes next; what was said is not said again. */
  protected async tellWarnings(): Promise<void> {
    const untold = this.#warnings.slice(this.#told);
    if (untold.length === 0) return;
    this.#told = this.#warnings.length;
    this.#progress?.stop();
    const view = await viewOf('stderr', this.surroundings);
    await write(this.surroundings.stderr, `${untold.map((warning) => warningText(warning, view)).join('\n')}\n`);
  }

  /** What was worth knowing before a failure may be why it came to that: it is told all the same. */
  async #failed(error: unknown): Promise<never> {
    if (!wantsJson(this.argv)) await this.tellWarnings().catch(() => {});
    else if (error instanceof Failure && this.#warnings.length > 0) throw withWarnings(error, this.#warnings);
    throw error;
  }
}

function withWarnings(failure: Failure, warnings: readonly Warning[]): Failure {
  const { code, exit, message, remedy, details, cause } = failure;
  const told = { ...(details as object | undefined), warnings: [...warnings] };
  return new Failure({ code, exit, message, remedy, details: told, cause });
}
