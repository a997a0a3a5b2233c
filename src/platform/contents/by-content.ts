import type { ListingLine, ProductLine } from '../../domain/document/catalog-schema.ts';
import { pointerOf } from '../../domain/document/pointer.ts';
import type { SpecOf } from '../../domain/document/resources.ts';
import type { RuleSpec, StoredDocument, SubmittedDocument } from '../../domain/document/schema.ts';
import { DOCUMENT_SECTIONS, type Section } from '../../domain/document/sections.ts';
import { type Brought, broughtRules, broughtSkus } from './brought.ts';

/** What came with a request and is named by content from now on, by content. */
export type BroughtContents = ReadonlyMap<string, Brought>;

export const NOTHING_BROUGHT: BroughtContents = new Map();

/** The key of each section under which lines may stand in a request, instead of their reference. */
const LINES: { readonly [S in Section]?: { readonly key: string; brought(lines: never, pointer: string): Brought } } = {
  rulesets: { key: 'rules', brought: (lines: readonly RuleSpec[]) => broughtRules(lines) },
  products: { key: 'items', brought: (lines: readonly ProductLine[], pointer: string) => broughtSkus(lines, pointer) },
  catalogs: {
    key: 'listings',
    brought: (lines: readonly ListingLine[], pointer: string) => broughtSkus(lines, pointer),
  },
};

/** An entry as the platform keeps it, from one that may have brought its lines along. */
export function entryByContent<S extends Section>(
  section: S,
  id: string,
  spec: unknown,
): { readonly spec: SpecOf[S]; readonly brought: Brought | null } {
  const lines = LINES[section];
  const written = lines === undefined ? undefined : (spec as Readonly<Record<string, unknown>>)[lines.key];
  if (lines === undefined || !Array.isArray(written)) return { spec: spec as SpecOf[S], brought: null };
  const brought = lines.brought(written as never, pointerOf([section, id, lines.key]));
  const kept: unknown = { ...(spec as object), [lines.key]: brought.reference };
  return { spec: kept as SpecOf[S], brought };
}

/** A document of which all lines are named by content, and those that it brought along. */
export function documentByContent(document: SubmittedDocument): {
  readonly document: StoredDocument;
  readonly brought: BroughtContents;
} {
  const contents = new Map<string, Brought>();
  const sections = DOCUMENT_SECTIONS.flatMap((section) => {
    const entries = document[section];
    if (entries === undefined) return [];
    const stored = Object.entries(entries).map(([id, spec]) => {
      const { spec: kept, brought } = entryByContent(section, id, spec);
      if (brought !== null) contents.set(brought.reference.content, brought);
      return [id, kept] as const;
    });
    return [[section, Object.fromEntries(stored)] as const];
  });
  return { document: { version: document.version, ...Object.fromEntries(sections) }, brought: contents };
}
