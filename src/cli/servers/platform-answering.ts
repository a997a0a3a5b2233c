import { api } from '../../contract/operations/index.ts';
import { documentsOf, type Resource, type RulesetRevision } from '../../domain/document/resources.ts';
import { ENTRY_SECTIONS } from '../../domain/document/sections.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import type { Answering } from '../../domain/state/answer.ts';
import { compileRevisionSteps } from '../../domain/state/compile-revision.ts';
import { indexDocuments, revisionAt } from '../../domain/state/document-index.ts';
import { createTimeResolver } from '../../domain/time/time-resolver.ts';
import type { CompiledRuleset } from '../../redirects/compile.ts';
import { GatheredRules } from '../../redirects/gathered-rules.ts';
import type { RedirectRule } from '../../redirects/rule.ts';
import type { RuleList } from '../../redirects/rule-list.ts';
import { STEP } from '../../redirects/steps.ts';
import { TZDB } from '../answers/asked-time.ts';
import type { Client } from '../connection.ts';
import { inTurns, Turns } from '../turns.ts';

/** Compiled revisions by all that they depend on, kept from one load to the next. */
export type CompiledCache = Map<string, CompiledRuleset>;

/** What a platform answers from, held in memory. */
export interface PlatformAnswering {
  readonly world: Answering;
  /** The hash of the change set that it is the state after. */
  readonly head: string;
}

/** A change set that comes while all is read means reading again; this many in a row mean giving up. */
const MOST_TRIES = 5;

/**
 * Everything that a platform's answers from `from` (epoch milliseconds) on depend on, as one consistent state. What
 * has ended before then is left where it is.
 *
 * @throws Failure `unavailable` where the platform changes faster than it can be read
 */
export async function answeringFromPlatform(
  client: Client,
  from: number,
  cache: CompiledCache,
): Promise<PlatformAnswering> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const head = await headOf(client);
    const world = await readWorld(client, from, cache);
    if ((await headOf(client)) === head) return { world, head };
  }
  throw new Failure({
    code: 'unavailable',
    exit: EXIT.unavailable,
    message: 'The platform is being changed faster than it can be read.',
    remedy: 'Try again when the changes are through.',
  });
}

export async function headOf(client: Client): Promise<string> {
  return (await client.call(api.platform.info)).value.head;
}

async function readWorld(client: Client, from: number, cache: CompiledCache): Promise<Answering> {
  const resources: Resource[] = [];
  for (const section of ENTRY_SECTIONS) {
    for await (const resource of client.listAll(api[section].list)) resources.push(resource as Resource);
  }
  const documents = documentsOf(resources);
  const resolver = createTimeResolver(TZDB);
  const compiled = new Map<string, CompiledRuleset>();
  const compiledOf = async (id: string, revision: RulesetRevision): Promise<CompiledRuleset> => {
    const rules = await rulesOf(client, id, revision.revision);
    return inTurns(compileRevisionSteps(documents, revision, rules, resolver));
  };
  for (const ruleset of documents.rulesets.values()) {
    const site = documents.sites.get(ruleset.spec.site);
    const zone = documents.markets.get(site?.spec.market ?? '')?.spec.timeZone;
    for (const revision of revisionsFrom(ruleset, from)) {
      const key = JSON.stringify([revision.spec, revision.times, site?.spec.urls, zone]);
      const known = cache.get(key) ?? (await compiledOf(ruleset.id, revision));
      cache.set(key, known);
      compiled.set(`${ruleset.id} ${revision.revision}`, known);
    }
  }
  forget(cache, new Set(compiled.values()));
  return {
    index: indexDocuments(documents),
    compiled: (ruleset, revision) => compiled.get(`${ruleset} ${revision.revision}`) ?? null,
  };
}

/** The revision in force at an instant, and those that follow it. */
function revisionsFrom(ruleset: Resource<'rulesets'>, from: number): readonly RulesetRevision[] {
  const first = revisionAt(ruleset, from);
  return [first, ...(ruleset.revisions ?? []).filter((revision) => revision.from !== null && revision.from > from)];
}

async function rulesOf(client: Client, id: string, revision: number): Promise<RuleList> {
  const { value } = await client.call(api.rules.read, { params: { id }, query: { revision } });
  const rules = new GatheredRules();
  const turns = new Turns();
  let block: RedirectRule[] = [];
  for await (const rule of value) {
    if (block.push(rule as RedirectRule) < STEP) continue;
    rules.add(block);
    block = [];
    if (turns.due) await turns.next();
  }
  rules.add(block);
  return inTurns(rules.finishSteps());
}

function forget(cache: CompiledCache, used: ReadonlySet<CompiledRuleset>): void {
  for (const [key, ruleset] of cache) if (!used.has(ruleset)) cache.delete(key);
}
