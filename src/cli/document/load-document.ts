import { createHash } from 'node:crypto';
import { hasErrors } from '../../domain/document/fault-list.ts';
import { pointerOf } from '../../domain/document/pointer.ts';
import { type ReadDocument, readDocument } from '../../domain/document/read-document.ts';
import type { StoreDocument, StoredDocument } from '../../domain/document/schema.ts';
import { EXIT, Failure, type Place, type Problem } from '../../domain/failure.ts';
import type { Surroundings } from '../surroundings.ts';
import { giveWay } from '../turns.ts';
import { besideDocument, inlineOrigins, type LoadedRules, loadRulesFile } from './load-rules.ts';
import { type LoadedOffer, loadOffer, NO_OFFER } from './load-sku-lines.ts';
import { type LoadedUrls, loadUrlsFile } from './load-urls.ts';
import { type ReadText, readText } from './read-text.ts';
import { type LoadedParts, placeIn, storedForm } from './stored-form.ts';

/** A document with its rules files, as they were found. */
export interface LoadedDocument {
  /** As it is shown. */
  readonly file: string;
  /** Rules are named by content here; null where the document is too wrong to go on with. */
  readonly document: StoredDocument | null;
  /** By ruleset, with the places in its own file. */
  readonly rulesByRuleset: ReadonlyMap<string, LoadedRules>;
  /** Products and listings, whole. */
  readonly offer: LoadedOffer;
  /** SHA-256 of the document's bytes as they stand in the file, in hexadecimal: what `sha256sum` says. */
  readonly hash: string;
  /** Everything that is wrong with its form, in it or in its rules files, with file, line and column. */
  readonly problems: readonly Problem[];
  /** Where something was written; rules of a CSV file are there, and not in the document. */
  placeOf(pointer: string): Place;
}

/** Values of a document alone, without its rules files. */
const LARGEST_DOCUMENT = 64 * 1024 * 1024;

/**
 * Reads a document (`-` is standard input) and the rules files it names. What is wrong with their form is collected
 * in `problems`; what entries say of each other is not looked at here.
 *
 * @throws Failure `unreadable-file` where there is no document to speak of
 */
export async function loadDocument(surroundings: Surroundings, file: string): Promise<LoadedDocument> {
  const written = await readText(surroundings, file, {
    what: 'document',
    limit: LARGEST_DOCUMENT,
    whenMissing: 'Write a first one with `storectl init`, or name another with -f FILE.',
  });
  return documentOf(surroundings, file, written);
}

/** The same of a document whose text is at hand; `file` says where its rules files are beside. */
export async function documentOf(
  surroundings: Surroundings,
  file: string,
  { file: shown, text, bytes }: ReadText,
): Promise<LoadedDocument> {
  const read = readDocument(text, shown);
  const named = read.document === null ? await rulesFilesNamedIn(text) : rulesFilesOf(read.document);
  const loading = { surroundings, file, read };
  const rules = new Map<string, LoadedRules>();
  const problems: Problem[] = [...read.problems];
  for (const [ruleset, written] of named) {
    const loaded = await loadRules(loading, ruleset, written);
    rules.set(ruleset, loaded.rules);
    for (const problem of loaded.problems) problems.push(problem);
  }
  const lists = await loadUrls(loading);
  for (const list of lists.values()) for (const problem of list.problems) problems.push(problem);
  const offer =
    read.document === null ? NO_OFFER : await loadOffer({ surroundings, file, placeOf: read.placeOf }, read.document);
  for (const loaded of [offer.products, ...offer.listings.values()]) {
    for (const problem of loaded?.problems ?? []) problems.push(problem);
  }
  const parts: LoadedParts = { rules, lists, offer };
  await giveWay();
  return {
    file: shown,
    document: read.document === null ? null : storedForm(read.document, parts),
    rulesByRuleset: rules,
    offer,
    hash: createHash('sha256').update(bytes).digest('hex'),
    problems,
    placeOf: (pointer) => placeIn(pointer, read, parts),
  };
}

/**
 * The same, for commands that cannot go on with a document that is wrong.
 *
 * @throws Failure `invalid-document` with every problem in `details.problems`
 */
export async function requireDocument(
  surroundings: Surroundings,
  file: string,
): Promise<LoadedDocument & { readonly document: StoredDocument }> {
  const loaded = await loadDocument(surroundings, file);
  if (loaded.document === null || hasErrors(loaded.problems)) throw wrongDocument(loaded.file, loaded.problems);
  return { ...loaded, document: loaded.document };
}

export function wrongDocument(file: string, problems: readonly Problem[]): Failure {
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  return new Failure({
    code: 'invalid-document',
    exit: EXIT.usage,
    message: `${file} has ${errors === 1 ? 'one error' : `${errors} errors`}.`,
    details: { problems },
  });
}

/** Problems by JSON pointer, as the platform and the domain report them, with the file, line and column they mean. */
export function placed(problems: readonly Problem[], { placeOf }: Pick<LoadedDocument, 'placeOf'>): readonly Problem[] {
  return problems.map((problem) => {
    const pointer = problem.place?.pointer;
    if (pointer === undefined || problem.place?.line !== undefined) return problem;
    // In a request the document is one key of the body.
    return { ...problem, place: placeOf(pointer.replace(/^\/document(?=\/|$)/, '')) };
  });
}

interface Loading {
  readonly surroundings: Surroundings;
  readonly file: string;
  readonly read: ReadDocument;
}

type WrittenRules = string | LoadedRules['rules'];

function rulesFilesOf(document: StoreDocument): readonly (readonly [string, WrittenRules])[] {
  return Object.entries(document.rulesets ?? {}).map(([id, { rules }]) => [id, rules as WrittenRules]);
}

/** The rules files of a document that is wrong elsewhere: their lines are checked all the same. */
async function rulesFilesNamedIn(text: string): Promise<readonly (readonly [string, WrittenRules])[]> {
  const { parseDocument } = await import('./yaml.ts');
  const yaml = parseDocument(text, { logLevel: 'silent' });
  if (yaml.errors.length > 0) return [];
  const found: (readonly [string, string])[] = [];
  const rulesets = yaml.getIn(['rulesets'], false);
  if (typeof rulesets !== 'object' || rulesets === null || !('items' in rulesets)) return [];
  for (const { key } of rulesets.items as readonly { readonly key: unknown }[]) {
    const rules = yaml.getIn(['rulesets', key, 'rules']);
    if (typeof rules === 'string' && rules.trim() !== '') found.push([String(key), rules.trim()]);
  }
  return found;
}

async function loadRules(
  { surroundings, file, read }: Loading,
  ruleset: string,
  written: WrittenRules,
): Promise<{ rules: LoadedRules; problems: readonly Problem[] }> {
  if (typeof written !== 'string') {
    return { rules: { rules: written, origins: inlineOrigins(ruleset, read.placeOf) }, problems: [] };
  }
  const namedAt = read.placeOf(pointerOf(['rulesets', ruleset, 'rules']));
  const { problems, ...rules } = await loadRulesFile(surroundings, besideDocument(file, written), namedAt);
  return { rules, problems };
}

/** The files of URLs that assertions name, by assertion. */
async function loadUrls({ surroundings, file, read }: Loading): Promise<ReadonlyMap<string, LoadedUrls>> {
  const lists = new Map<string, LoadedUrls>();
  for (const [id, spec] of Object.entries(read.document?.assertions ?? {})) {
    if (spec.kind !== 'every-url-ends' || typeof spec.urls !== 'string') continue;
    const namedAt = read.placeOf(pointerOf(['assertions', id, 'urls']));
    lists.set(id, await loadUrlsFile(surroundings, besideDocument(file, spec.urls), namedAt));
  }
  return lists;
}
