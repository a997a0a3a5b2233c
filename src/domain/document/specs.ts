import type { Documents, Resource, SpecOf } from './resources.ts';
import { FALLBACK_STATUS, RULESET_DEFAULTS } from './ruleset-defaults.ts';
import type { StoredDocument, StoredRulesetSpec } from './schema.ts';
import { bySection, DOCUMENT_SECTIONS, SECTIONS, type Section } from './sections.ts';

/** Every entry's spec by section and id, with nothing derived yet. */
export type Specs = { readonly [S in Section]: ReadonlyMap<string, SpecOf[S]> };

export type MutableSpecs = { readonly [S in Section]: Map<string, SpecOf[S]> };

export function emptySpecs(): MutableSpecs {
  return bySection(() => new Map()) as MutableSpecs;
}

/** The specs of what the platform keeps. */
export function specsOfDocuments(documents: Documents): MutableSpecs {
  const specs = emptySpecs();
  for (const section of SECTIONS) {
    const into = specs[section] as Map<string, SpecOf[Section]>;
    for (const [id, resource] of documents[section] as ReadonlyMap<string, Resource>) into.set(id, resource.spec);
  }
  return specs;
}

/** The specs that a document states, and which of its sections are there at all. */
export function specsOfDocument(document: StoredDocument): { specs: MutableSpecs; managed: ReadonlySet<Section> } {
  const specs = emptySpecs();
  const managed = new Set<Section>();
  for (const section of DOCUMENT_SECTIONS) {
    const entries = document[section];
    if (entries === undefined) continue;
    managed.add(section);
    const into = specs[section] as Map<string, SpecOf[Section]>;
    for (const [id, spec] of Object.entries(entries))
      into.set(id, normalizeSpec<Section>(section, spec as SpecOf[Section]));
  }
  return { specs, managed };
}

const DEFAULTS: { readonly [S in Section]?: Readonly<Record<string, unknown>> } = {
  rulesets: RULESET_DEFAULTS,
  assertions: { within: 1, fallbacks: false },
};

/** Lists that have to be there, be they empty. */
const REQUIRED_LISTS: ReadonlySet<string> = new Set(['countries']);

/** One way to write each thing: defaults and absent keys are left out, so that equal entries are equal values. */
export function normalizeSpec<S extends Section>(section: S, spec: SpecOf[S]): SpecOf[S] {
  const defaults: Readonly<Record<string, unknown>> = DEFAULTS[section] ?? {};
  const kept = Object.entries(spec).flatMap(([key, value]): [string, unknown][] => {
    if (value === undefined || (key === 'protected' && value === false)) return [];
    if (Array.isArray(value) && value.length === 0 && !REQUIRED_LISTS.has(key)) return [];
    if (defaults[key] === value) return [];
    return [[key, key === 'fallback' ? normalizeFallback(value as StoredRulesetSpec['fallback']) : value]];
  });
  return Object.fromEntries(kept) as SpecOf[S];
}

function normalizeFallback(fallback: StoredRulesetSpec['fallback']): StoredRulesetSpec['fallback'] {
  if (fallback === undefined || !('to' in fallback)) return fallback;
  const { to, status } = fallback;
  return status === undefined || status === FALLBACK_STATUS ? { to } : { to, status };
}
