import type { api } from '../../contract/operations/index.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Resource } from '../../domain/document/resources.ts';
import type { Section } from '../../domain/document/sections.ts';
import type { NextResource, PlanOperation } from '../../domain/plan/plan.ts';
import { sha256, sha256Lines } from '../digest.ts';
import type { Handler } from '../handler.ts';
import { genesisHash } from '../store/genesis.ts';
import type { Head } from '../store/rows.ts';
import { linesOfChunk } from '../store/rule-chunks.ts';
import type { ReadTables, ResourceReads } from '../store/store.ts';
import { StoreDamage } from '../store/store-damage.ts';
import { changeOf, isSummaryOf, linkHash } from './change-sets.ts';

interface Finding {
  readonly change: string | null;
  readonly message: string;
}

/** What the trail says an entry is: canonical JSON, the version, and the change set that said so last. */
interface Recorded {
  readonly state: string | null;
  readonly version: number;
  readonly change: string;
}

const BATCH = 50;

/**
 * Recomputes the chain from the first change set on, and holds every entry and its rules against what the trail says
 * of it. Someone who changes the file by hand has to change all of it, and then its head hash is another one than
 * was noted elsewhere.
 */
export const verifyChanges: Handler<(typeof api)['changes']['verify']> = async ({ platform }) =>
  platform.store.read(async (tables) => {
    const head = await tables.changeSets.head();
    const recorded = new Map<string, Recorded>();
    const findings: Finding[] = [];
    const changeSets = await verifyChain(tables, platform.store.platformId, recorded, findings);
    const intact = await verifyState(tables, recorded, findings);
    await verifyRules(tables, intact, findings);
    return { value: { intact: findings.length === 0, changeSets, head: head.hash, findings } };
  });

async function verifyChain(
  tables: ReadTables,
  platformId: string,
  recorded: Map<string, Recorded>,
  findings: Finding[],
): Promise<number> {
  let last: Head = { sequence: 0, hash: genesisHash(platformId) };
  for (;;) {
    const rows = await tables.changeSets.scan(last.sequence, BATCH);
    if (rows.length === 0) return last.sequence;
    for (const row of rows) {
      const fault = (message: string): void => void findings.push({ change: row.id, message });
      if (row.sequence !== last.sequence + 1)
        fault(`change sets ${last.sequence + 1} to ${row.sequence - 1} are missing`);
      if (row.previousHash !== last.hash) fault('does not build on the change set before it');
      if (linkHash(row.previousHash, row.body) !== row.hash) fault('its content does not have its hash');
      last = row;
      try {
        const change = changeOf(row);
        const { previousHash: _, hash: __, ...body } = change;
        if (change.id !== row.id || change.sequence !== row.sequence)
          fault('its id or its sequence is not the recorded one');
        if (!isSummaryOf(row.summary, body)) fault('its summary does not follow from its content');
        record(change.id, change.operations as readonly PlanOperation[], recorded);
      } catch {
        fault('its content cannot be read');
      }
    }
  }
}

function record(change: string, operations: readonly PlanOperation[], recorded: Map<string, Recorded>): void {
  for (const { target, after } of operations) {
    const version = (recorded.get(target)?.version ?? 0) + 1;
    recorded.set(target, { change, version, state: after === null ? null : stateOf(after) });
  }
}

function stateOf({ spec, times, revisions }: NextResource): string {
  return canonicalJson({ spec, times, revisions });
}

/** The entries that are what the trail says of them. */
async function verifyState(
  { resources }: ReadTables,
  recorded: ReadonlyMap<string, Recorded>,
  findings: Finding[],
): Promise<readonly Resource[]> {
  const intact: Resource[] = [];
  const versions = await resources.versions();
  for (const [target, { change, version, state }] of recorded) {
    const fault = (message: string): void => void findings.push({ change, message: `${target} ${message}` });
    const last = versions.get(target);
    const found = last?.present === true ? await readable(resources, target) : null;
    if (found === 'damaged') fault('cannot be read');
    else if ((found === null ? null : stateOf(found)) !== state) fault('is not what this change set made it');
    else if (last?.version !== version) fault(`is at version ${last?.version}; it should be ${version}`);
    else if (found !== null) intact.push(found);
  }
  for (const target of versions.keys()) {
    if (!recorded.has(target)) findings.push({ change: null, message: `${target} was written by no change set` });
  }
  return intact;
}

async function readable(resources: ResourceReads, target: string): Promise<Resource | null | 'damaged'> {
  const slash = target.indexOf('/');
  try {
    return await resources.get(target.slice(0, slash) as Section, target.slice(slash + 1));
  } catch (error) {
    if (error instanceof StoreDamage) return 'damaged';
    throw error;
  }
}

/** Every content that a revision names is there, whole, and has its digest. */
async function verifyRules({ rules }: ReadTables, resources: readonly Resource[], findings: Finding[]): Promise<void> {
  const seen = new Set<string>();
  for (const ruleset of resources) {
    for (const { spec } of ruleset.revisions ?? []) {
      const { content, count } = spec.rules;
      if (seen.has(content)) continue;
      seen.add(content);
      const hash = sha256Lines();
      let lines = 0;
      for (const chunk of await rules.chunks(content)) {
        const text = (await rules.text(chunk)) ?? '';
        if (sha256(text) !== chunk) findings.push({ change: null, message: `a chunk of rules ${content} was altered` });
        hash.update(text);
        lines += linesOfChunk(text).length;
      }
      if (hash.digest() === content && lines === count && (await rules.count(content)) === count) continue;
      findings.push({
        change: null,
        message: `the rules ${content} of rulesets/${ruleset.id} are not what their digest says`,
      });
    }
  }
}
