import { type Client, uploadLines } from '../../client/index.ts';
import type { LineBlocks } from '../../contract/operation.ts';
import { api } from '../../contract/operations/index.ts';
import { ruleOfLine } from '../../domain/document/rule-lines.ts';
import type { RuleSpec, RulesReference } from '../../domain/document/schema.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import type { RuleFormat } from '../../redirects/formats/format.ts';
import type { Warning } from '../answer.ts';
import { withOutcome } from '../failures/outcome.ts';
import { counted } from '../output/counted.ts';
import { terminalWidth } from '../output/view.ts';
import type { Progress } from '../progress.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ReadRulesInput } from './read-rules-files.ts';
import { looksOf, RememberedImport, type SizedFiles } from './remembered-import.ts';
import { continued, FreshRules, presentRules, type RulesBeside } from './rules-beside.ts';
import { skippedLines } from './skipped-lines.ts';
import { StreamedRules } from './streamed-rules.ts';
import { TransferMeter } from './transfer-meter.ts';
import type { RulesPlace } from './unusable-rules.ts';

export interface BringOrder {
  readonly ruleset: string;
  readonly input: ReadRulesInput;
  /** Where the rules are to answer; undefined where that is not known yet. */
  readonly place?: RulesPlace | undefined;
  /** Rules that the ruleset keeps: they go before those of the files, which are left out where they are the same. */
  readonly beside?: RulesBeside | undefined;
  /** Rules that go along in the request that names them; more are uploaded ahead of it. */
  readonly mostInline: number;
  /** The command that goes on where this one stopped. */
  readonly again: string;
}

export interface BringScene {
  readonly surroundings: Surroundings;
  readonly progress: Progress;
  say(message: string): Promise<void>;
  /** Something that whoever agrees to the write should know, whatever becomes of it. */
  warn(warning: Warning): void;
}

/** The rules of files as a write can name them. */
export interface BroughtRules {
  readonly rules: readonly RuleSpec[] | RulesReference;
  readonly formats: readonly RuleFormat[];
  /** Forgets the upload: what it was for is done. */
  done(): Promise<void>;
}

/**
 * Reads files of any size in constant memory and brings their rules to the platform. An import that was interrupted goes
 * on where the platform stands, after both have agreed by digest that the rules so far are the same; files that were
 * brought and have not changed since are not read again.
 *
 * @throws Failure `invalid-rules`, and what reading and uploading throw
 */
export async function bringRules(client: Client, order: BringOrder, scene: BringScene): Promise<BroughtRules> {
  const { ruleset, input } = order;
  const { files, format, map, skipInvalid } = input;
  const reading = [format ?? null, map ?? null, skipInvalid, order.beside === undefined ? 0 : 1];
  const memory = new RememberedImport(scene.surroundings, { target: client.target, ruleset, files, reading });
  const looks = await looksOf(scene.surroundings, files);
  const known = await memory.read();
  const done = () => memory.forget();
  if (known?.kind === 'sealed') {
    const { content, count } = known.reference;
    if (known.reference.looks === looks?.looks && (await has(client, content))) {
      await scene.say(`${counted(count, 'rule')} of these files are on the platform already; they are not sent again.`);
      return { rules: { content, count }, formats: [], done };
    }
  }
  const bringing = new Bringing(client, order, scene, memory, looks);
  const resume = known?.kind === 'upload' ? known.upload : undefined;
  const { source, rules } = await bringing.run(resume);
  const { formats, problems, bad } = source;
  for (const warning of [...skippedLines(problems, bad), ...presentRules(bringing.present)]) scene.warn(warning);
  // Lines that were skipped are told each time, and so read each time; what goes before may change on the platform.
  if (looks !== null && bad === 0 && order.beside === undefined && 'content' in rules)
    await memory.write({ kind: 'sealed', reference: { ...rules, looks: looks.looks } });
  return { rules, formats, done };
}

async function has(client: Client, content: string): Promise<boolean> {
  try {
    await client.call(api.rules.find, { params: { content } });
    return true;
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-found') return false;
    throw error;
  }
}

/** What an upload is refused with that another import, which remembers the same one, has sent lines to or has ended. */
const SHARED: ReadonlySet<string> = new Set(['upload-offset', 'operation-ended']);

class Bringing {
  readonly #client: Client;
  readonly #order: BringOrder;
  readonly #scene: BringScene;
  readonly #memory: RememberedImport;
  readonly #looks: SizedFiles | null;
  #upload: string | null = null;
  #standsAt = 0;
  #read = 0;
  #own: FreshRules | null = null;

  constructor(
    client: Client,
    order: BringOrder,
    scene: BringScene,
    memory: RememberedImport,
    looks: SizedFiles | null,
  ) {
    this.#client = client;
    this.#order = order;
    this.#scene = scene;
    this.#memory = memory;
    this.#looks = looks;
  }

  /** How many rules of the files the ruleset has already, and are left out. */
  get present(): number {
    return this.#own?.present ?? 0;
  }

  async run(
    resume: string | undefined,
  ): Promise<{ readonly source: StreamedRules; readonly rules: readonly RuleSpec[] | RulesReference }> {
    const source = new StreamedRules(this.#scene.surroundings, this.#order.input, this.#order.place);
    try {
      return { source, rules: await this.#bring(source, resume) };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (SHARED.has(error.code) && !this.#order.input.files.includes('-')) return this.#byItself();
      if (error.exit === EXIT.unavailable && this.#upload !== null) throw resumable(error, this.#order.again);
      await this.#giveUp();
      if (error.code !== 'upload-differs' || this.#order.input.files.includes('-')) throw error;
      await this.#scene.say('These are not the rules that the interrupted import began with; it begins anew.');
      return this.run(undefined);
    } finally {
      this.#scene.progress.stop();
    }
  }

  /** Whoever sent lines between this one's goes on with that upload; this one begins one of its own. */
  async #byItself(): Promise<{ readonly source: StreamedRules; readonly rules: readonly RuleSpec[] | RulesReference }> {
    this.#upload = null;
    this.#standsAt = 0;
    this.#scene.progress.stop();
    await this.#scene.say('The same files are being imported by somebody else too; this import brings them by itself.');
    return this.run(undefined);
  }

  async #bring(source: StreamedRules, resume: string | undefined): Promise<readonly RuleSpec[] | RulesReference> {
    const fresh = await this.#fresh(source);
    if (fresh === null) return this.#order.beside?.reference ?? [];
    const lines = this.#lines(source, fresh);
    const head: string[] = [];
    for (;;) {
      const next = await lines.next();
      if (next.done === true) return head.map(ruleOfLine);
      for (const line of next.value) head.push(line);
      if (head.length > this.#order.mostInline) break;
    }
    return uploadLines(this.#client, continued(head, lines), {
      resume,
      onUpload: (id, standsAt) => this.#begun(id, standsAt),
      onWaiting: (message) => this.#scene.progress.update(message),
    });
  }

  /** The rules of the files that the ruleset does not have as they are; null where it has all of them. */
  async #fresh(source: StreamedRules): Promise<LineBlocks | null> {
    const { beside } = this.#order;
    if (beside === undefined || beside.reference.count === 0) return source.lines();
    this.#scene.progress.update('Reading the rules that are there');
    const own = await FreshRules.beside(beside);
    this.#own = own;
    return own.among(source.lines());
  }

  async *#lines(source: StreamedRules, fresh: LineBlocks): AsyncGenerator<readonly string[]> {
    const { beside } = this.#order;
    const meter = new TransferMeter();
    this.#read = 0;
    for (const part of [...(beside === undefined ? [] : [beside.lines()]), fresh]) {
      for await (const block of part) {
        this.#read += block.length;
        this.#show(meter, source.bytes);
        yield block;
      }
    }
  }

  #show(meter: TransferMeter, bytes: number): void {
    const { surroundings, progress } = this.#scene;
    const verb = this.#read < this.#standsAt ? 'Comparing' : this.#upload === null ? 'Reading' : 'Uploading';
    const transfer = { rules: this.#read, bytes, total: this.#looks?.total ?? null };
    const width = terminalWidth(surroundings.stderr);
    // The sign of life before it takes two columns, and the last one stays free.
    progress.update(meter.text(verb, transfer, surroundings.now(), width === null ? null : width - 3));
  }

  async #begun(id: string, standsAt: number): Promise<void> {
    this.#upload = id;
    this.#standsAt = standsAt;
    await this.#memory.write({ kind: 'upload', upload: id });
    this.#scene.surroundings.interruption.resumeWith(this.#order.again);
    if (standsAt === 0) return;
    this.#scene.progress.stop();
    await this.#scene.say(`Going on with an interrupted import: the platform has ${this.#brought(standsAt)}.`);
  }

  /** The rules that the ruleset had before are no part of what was brought. */
  #brought(standsAt: number): string {
    const { beside } = this.#order;
    if (beside === undefined) return `${counted(standsAt, 'rule')} already`;
    const count = standsAt - beside.reference.count;
    return count > 0 ? `${counted(count, 'rule')} of these files already` : 'none of the rules of these files yet';
  }

  /** An upload that nothing will go on with is taken back at once, and not after a week. */
  async #giveUp(): Promise<void> {
    const id = this.#upload;
    if (id === null) return;
    this.#upload = null;
    this.#standsAt = 0;
    await this.#memory.forget();
    await this.#client.call(api.operations.cancel, { params: { id } }).catch(() => {});
  }
}

function resumable(failure: Failure, again: string): Failure {
  const { remedy } = failure;
  return withOutcome(
    failure,
    'Nothing is in force of it; what the platform has taken is kept.',
    `${remedy === undefined ? '' : `${remedy}\n`}Go on with: ${again}`,
  );
}
