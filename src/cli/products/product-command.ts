import type { Client } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import type { Plan } from '../../contract/shapes.ts';
import type { ProductLine, ProductSpec } from '../../domain/document/catalog-schema.ts';
import { pathOf, pointerOf } from '../../domain/document/pointer.ts';
import { EXIT, Failure, type Problem } from '../../domain/failure.ts';
import type { Answer } from '../answer.ts';
import { requireId } from '../entries/entry-id.ts';
import { missingOf, type Said, wordsOf } from '../entries/fields.ts';
import { consentFlagsFor } from '../plans/apply-command.ts';
import { callWrite } from '../plans/call-write.ts';
import type { PlannedWrite } from '../plans/carry-out.ts';
import { type PlannedWriteFlags, WriteCommand } from '../plans/write-command.ts';
import { askAtTerminal } from '../prompts/ask.ts';
import { missingFlags } from '../prompts/can-prompt.ts';
import { runWizard } from '../prompts/wizard.ts';
import { foldersOf } from '../settings/folders.ts';
import { editProduct, PRODUCT_FIELDS } from './product-fields.ts';

/** What commands that write one product have in common: flags or a wizard, then the same way as every write. */
export abstract class ProductCommand extends WriteCommand {
  /** Makes a product that is not there yet. What is missing is asked, or named where nobody can be asked. */
  protected async create(sku: string | undefined, flags: PlannedWriteFlags): Promise<Answer> {
    const missing = [...(sku === undefined ? ['SKU'] : []), ...missingOf(PRODUCT_FIELDS, flags)];
    if (missing.length > 0 && !this.mayPrompt) throw missingFlags(missing);
    const client = await this.client(flags);
    if (sku !== undefined) await requireAbsent(client, sku);
    if (sku !== undefined && missing.length === 0)
      return this.carryOut(productWrite(client, sku, editProduct(flags, {}), null), flags);
    return this.#ask(client, sku, flags);
  }

  protected async change(sku: string, flags: PlannedWriteFlags): Promise<Answer> {
    const client = await this.client(flags);
    const { product, etag } = await requireProduct(client, sku);
    return this.carryOut(productWrite(client, sku, editProduct(flags, product), etag), flags);
  }

  protected async remove(sku: string, flags: PlannedWriteFlags): Promise<Answer> {
    const client = await this.client(flags);
    const { etag } = await requireProduct(client, sku);
    return this.carryOut(productWrite(client, sku, null, etag), flags);
  }

  async #ask(client: Client, sku: string | undefined, flags: PlannedWriteFlags): Promise<Answer> {
    const [{ carryOutAnswers }, { productWizard, SKU }, { saidOf, textOf }] = await Promise.all([
      import('../wizards/carry-out-answers.ts'),
      import('../wizards/product-wizard.ts'),
      import('../wizards/entry-wizard.ts'),
    ]);
    const wizard = await productWizard(client);
    const stateFolder = foldersOf(this.surroundings).state;
    this.surroundings.interruption.resumeWith('storectl products add');
    const given = PRODUCT_FIELDS.flatMap(({ flag }) => {
      const value = flags[flag];
      return value === undefined ? [] : [[flag, Array.isArray(value) ? value.join(' ') : String(value)] as const];
    });
    const answers = await runWizard(wizard, {
      ask: askAtTerminal(this.surroundings),
      stateFolder,
      say: (message) => this.say(message),
      given: { ...Object.fromEntries(given), ...(sku === undefined ? {} : { [SKU]: sku }) },
    });
    const id = textOf(answers, SKU);
    const said: Said = saidOf(PRODUCT_FIELDS, answers);
    const write = productWrite(client, id, editProduct(said, {}), null);
    let plan: Plan | null = null;
    const words = ['storectl', 'products', 'add', id, ...wordsOf(PRODUCT_FIELDS, said)];
    const answered = {
      wizard,
      stateFolder,
      say: (message: string) => this.say(message),
      dryRun: flags['dry-run'],
      sameCommand: () => [...words, ...(plan === null ? ['--yes'] : consentFlagsFor(plan))],
    };
    return carryOutAnswers(answered, () =>
      this.carryOut({ ...write, plan: async () => (plan = await write.plan()) }, flags),
    );
  }
}

/** One product as a small change set; a spec of null removes it. */
function productWrite(client: Client, sku: string, spec: ProductSpec | null, etag: string | null): PlannedWrite {
  const params = { sku };
  return callWrite({
    confirm: [],
    send: async (consent, dryRun) => {
      const common = { params, query: { dryRun }, ifMatch: etag };
      const { value } =
        spec === null
          ? await client.call(api.products.remove, { ...common, body: { consent } })
          : await client.call(api.products.put, { ...common, body: { spec, consent } });
      return value;
    },
    placed: (problem) => atFlag(problem, sku),
    pointerOf: (pointer) => pointerOf(['products', sku, ...pathOf(pointer.replace(/^\/(?:body\/)?spec(?=\/|$)/, ''))]),
  });
}

function atFlag(problem: Problem, sku: string): Problem {
  const [section, id, key] = pathOf(problem.place?.pointer ?? '');
  const field = section === 'products' && id === sku ? PRODUCT_FIELDS.find((own) => own.key === key) : undefined;
  return field === undefined ? problem : { ...problem, place: { file: `--${field.flag}` } };
}

/** @throws Failure `not-found` */
export async function requireProduct(
  client: Client,
  sku: string,
): Promise<{ readonly product: ProductLine; readonly etag: string }> {
  try {
    const { value, etag } = await client.call(api.products.get, { params: { sku } });
    return { product: value, etag: etag ?? '*' };
  } catch (error) {
    if (!(error instanceof Failure) || !['not-found', 'invalid-request'].includes(error.code)) throw error;
    throw new Failure({
      code: 'not-found',
      exit: EXIT.notFound,
      message: `There is no product ${sku}.`,
      remedy: `Look for it with: storectl products list --filter sku~${sku.slice(0, 20)}`,
      details: { noun: 'product', id: sku },
      cause: error,
    });
  }
}

async function requireAbsent(client: Client, sku: string): Promise<void> {
  requireId(sku, 'mi-band');
  try {
    await client.call(api.products.get, { params: { sku } });
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-found') return;
    throw error;
  }
  throw new Failure({
    code: 'already-exists',
    exit: EXIT.usage,
    message: `There is a product ${sku} already. Nothing was written.`,
    remedy: `Change it with: storectl products change ${sku}`,
    details: { noun: 'product', id: sku },
  });
}
