import { restoredSignoff } from '../checklists/signoff-edits.ts';
import type { SignoffSpec } from '../document/launch-schema.ts';
import type { Documents, SpecOf } from '../document/resources.ts';
import type { StoredDocument } from '../document/schema.ts';
import { NOUN, type Section } from '../document/sections.ts';
import { type MutableSpecs, normalizeSpec, specsOfDocument, specsOfDocuments } from '../document/specs.ts';
import { EXIT, Failure } from '../failure.ts';
import { equalValues } from './equal.ts';
import type { PlanOperation } from './plan.ts';

/** What is wanted: a document (its sections are whole), one entry, or what stood before some operations. */
export type Desired =
  | { readonly kind: 'document'; readonly document: StoredDocument }
  | DesiredEntry
  | { readonly kind: 'rollback'; readonly operations: readonly PlanOperation[] };

/** One entry; a spec of null deletes it. */
export type DesiredEntry = {
  [S in Section]: { readonly kind: 'entry'; readonly section: S; readonly id: string; readonly spec: SpecOf[S] | null };
}[Section];

export interface DesiredSpecs {
  readonly specs: MutableSpecs;
  /** Said in the plan: what stays although the document does not have it. */
  readonly warnings: readonly string[];
}

/**
 * Every entry as it is wanted, what is unmanaged included as it stands.
 *
 * @throws Failure `empty-section` where an empty section would delete and that was not allowed; `protected` where one
 * entry that is protected is to be deleted by name
 */
export function desiredSpecs(current: Documents, desired: Desired, allowEmpty: boolean): DesiredSpecs {
  const wanted = wantedSpecs(current, desired, allowEmpty);
  // What was signed for a launch goes with it: a later one of the same name is another launch.
  for (const id of wanted.specs.signoffs.keys()) {
    if (!wanted.specs.launches.has(id)) wanted.specs.signoffs.delete(id);
  }
  return wanted;
}

function wantedSpecs(current: Documents, desired: Desired, allowEmpty: boolean): DesiredSpecs {
  switch (desired.kind) {
    case 'document':
      return fromDocument(current, desired.document, allowEmpty);
    case 'entry':
      return fromEntries(current, [stillProtected(current, desired)]);
    case 'rollback':
      return {
        ...fromEntries(
          current,
          desired.operations.map((operation) => restored(operation, current)),
        ),
        warnings: desired.operations.flatMap(goNotGivenBack),
      };
  }
}

/** What brings an operation's entry back to how it was. Of signatures, those that others gave since stay. */
function restored(operation: PlanOperation, current: Documents): DesiredEntry {
  if (operation.kind === 'signoffs') {
    const { id } = operation;
    const { before, after } = signoffsOf(operation);
    const spec = restoredSignoff(before, after, current.signoffs.get(id)?.spec ?? null);
    return { kind: 'entry', section: 'signoffs', id, spec };
  }
  return {
    kind: 'entry',
    section: operation.kind,
    id: operation.id,
    spec: operation.before?.spec ?? null,
  } as DesiredEntry;
}

function signoffsOf({ before, after }: PlanOperation): {
  readonly before: SignoffSpec | null;
  readonly after: SignoffSpec | null;
} {
  return { before: (before?.spec ?? null) as SignoffSpec | null, after: (after?.spec ?? null) as SignoffSpec | null };
}

/** Said where a rollback would be expected to let a launch go again. */
function goNotGivenBack(operation: PlanOperation): readonly string[] {
  if (operation.kind !== 'signoffs') return [];
  const { before, after } = signoffsOf(operation);
  if (before?.go === undefined || after?.go !== undefined) return [];
  return [`a rollback gives no go back: let ${operation.id} go again with storectl launches go ${operation.id}`];
}

function fromEntries(current: Documents, entries: readonly DesiredEntry[]): DesiredSpecs {
  const specs = specsOfDocuments(current);
  for (const { section, id, spec } of entries) {
    const into = specs[section] as Map<string, SpecOf[Section]>;
    if (spec !== null) {
      into.set(id, normalizeSpec(section, spec));
      continue;
    }
    if (current[section].get(id)?.spec.protected === true) throw protectedEntry(section, id);
    into.delete(id);
  }
  return { specs, warnings: [] };
}

/** An entry keeps its protection until `protected: false` is written, here as in a document. */
function stillProtected(current: Documents, entry: DesiredEntry): DesiredEntry {
  const kept = current[entry.section].get(entry.id)?.spec.protected === true;
  if (!kept || entry.spec === null || entry.spec.protected !== undefined) return entry;
  return { ...entry, spec: { ...entry.spec, protected: true } } as DesiredEntry;
}

function protectedEntry(section: Section, id: string): Failure {
  return new Failure({
    code: 'protected',
    exit: EXIT.blocked,
    message: `${NOUN[section]} \`${id}\` is protected and cannot be deleted`,
    remedy: 'write `protected: false` for it first, as a change of its own',
    details: { target: `${section}/${id}` },
  });
}

function fromDocument(current: Documents, document: StoredDocument, allowEmpty: boolean): DesiredSpecs {
  const { specs: written, managed } = specsOfDocument(document);
  const specs = specsOfDocuments(current);
  const warnings: string[] = [];
  for (const section of managed) {
    const into = specs[section] as Map<string, SpecOf[Section]>;
    const stated = written[section] as ReadonlyMap<string, SpecOf[Section]>;
    const present = [...into.keys()];
    if (stated.size === 0 && present.length > 0 && !allowEmpty) throw emptySection(section, present.length);
    into.clear();
    for (const [id, spec] of stated) into.set(id, spec);
    keepProtected(current, document, section, into, warnings);
  }
  return { specs, warnings };
}

/** Protection stays until it is written as false: a document that forgets it, or the entry, takes nothing away. */
function keepProtected(
  current: Documents,
  document: StoredDocument,
  section: Section,
  into: Map<string, SpecOf[Section]>,
  warnings: string[],
): void {
  for (const [id, { spec }] of current[section]) {
    if (spec.protected !== true) continue;
    const stated = into.get(id);
    if (stated === undefined) {
      into.set(id, spec);
      warnings.push(`${NOUN[section]} ${id} is protected and stays, although the document does not have it`);
    } else if (section !== 'signoffs' && document[section]?.[id]?.protected === undefined) {
      into.set(id, { ...stated, protected: true });
    }
  }
}

function emptySection(section: Section, count: number): Failure {
  return new Failure({
    code: 'empty-section',
    exit: EXIT.usage,
    message: `the section \`${section}\` is empty, and the platform has ${count} there`,
    remedy: `leave the section out to keep them, or say --allow-empty to delete them`,
    details: { section, count, pointer: `/${section}` },
  });
}

/** Sections whose entries say what rules are, what they cover, and when they answer. */
const RULED_BY = ['sites', 'shutdowns', 'rulesets', 'exceptions'] as const;

/** Whether rules have to be looked at again: something that decides what they cover or what they say is changing. */
export function touchesRules(current: Documents, specs: MutableSpecs): boolean {
  if (RULED_BY.some((section) => isChanged(current, specs, section))) return true;
  // Windows of rules are read in the zone of their site's market.
  return [...specs.markets].some(([id, { timeZone }]) => {
    const present = current.markets.get(id);
    return present !== undefined && present.spec.timeZone !== timeZone;
  });
}

/** Whether assertions have to be looked at again: one of them changes, or the answers that they are about may. */
export function touchesAssertions(current: Documents, specs: MutableSpecs): boolean {
  return specs.assertions.size > 0 && (isChanged(current, specs, 'assertions') || touchesRules(current, specs));
}

function isChanged(current: Documents, specs: MutableSpecs, section: Section): boolean {
  const wanted: ReadonlyMap<string, SpecOf[Section]> = specs[section];
  const present: ReadonlyMap<string, { readonly spec: SpecOf[Section] }> = current[section];
  if (wanted.size !== present.size) return true;
  return [...wanted].some(([id, spec]) => !equalValues(present.get(id)?.spec, spec));
}
