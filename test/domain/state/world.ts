import { checkDocuments } from '../../../src/domain/document/check-documents.ts';
import { hasErrors } from '../../../src/domain/document/fault-list.ts';
import type { Documents, RulesetRevision } from '../../../src/domain/document/resources.ts';
import type { StoredDocument, StoredRulesetSpec } from '../../../src/domain/document/schema.ts';
import { SECTIONS } from '../../../src/domain/document/sections.ts';
import { specsOfDocument } from '../../../src/domain/document/specs.ts';
import type { Answering } from '../../../src/domain/state/answer.ts';
import { compileRevision } from '../../../src/domain/state/compile-revision.ts';
import { indexDocuments } from '../../../src/domain/state/document-index.ts';
import { createTimeResolver } from '../../../src/domain/time/time-resolver.ts';
import type { CompiledRuleset } from '../../../src/redirects/compile.ts';
import type { RedirectRule } from '../../../src/redirects/rule.ts';

export const TZDB = '2025b';

/** The sections of a document, without its version. */
export type Sections = Omit<StoredDocument, 'version'>;

/** Content names of the tests: any text, made into the 64 digits that contents have. */
export function contentOf(name: string): string {
  return [...name]
    .map((c) => c.charCodeAt(0).toString(16).padStart(2, '0'))
    .join('')
    .padEnd(64, '0')
    .slice(0, 64);
}

export function ruleset(site: string, content: string, more: Partial<StoredRulesetSpec> = {}): StoredRulesetSpec {
  return { site, rules: { content: contentOf(content), count: 0 }, ...more };
}

/** The resolved documents of sections that have no fault. */
export function documentsFrom(sections: Sections): Documents {
  const { specs } = specsOfDocument({ version: 1, ...sections });
  const { documents, problems } = checkDocuments(specs, { tzdb: TZDB, known: new Set(SECTIONS) });
  if (hasErrors(problems)) throw new Error(problems.map((p) => `${p.place?.pointer}: ${p.message}`).join('\n'));
  return documents;
}

/** Gives a ruleset revisions, each in force from its instant. */
export function withRevisions(
  documents: Documents,
  id: string,
  revisions: readonly { readonly from: number | null; readonly content: string }[],
): Documents {
  const resource = documents.rulesets.get(id);
  if (resource === undefined) throw new Error(`no ruleset ${id}`);
  const history = revisions.map(
    ({ from, content }, i): RulesetRevision => ({
      revision: i + 1,
      from,
      spec: { ...resource.spec, rules: { content: contentOf(content), count: 0 } },
    }),
  );
  return { ...documents, rulesets: new Map(documents.rulesets).set(id, { ...resource, revisions: history }) };
}

export type RulesByName = Readonly<Record<string, readonly RedirectRule[]>>;

export function answeringFrom(documents: Documents, rules: RulesByName = {}): Answering {
  const byContent = new Map(Object.entries(rules).map(([name, list]) => [contentOf(name), list]));
  const known = new Map<RulesetRevision, CompiledRuleset>();
  return {
    index: indexDocuments(documents),
    compiled(_ruleset, revision) {
      const list = byContent.get(revision.spec.rules.content);
      if (list === undefined) return null;
      const compiled = known.get(revision) ?? compileRevision(documents, revision, list, createTimeResolver(TZDB));
      known.set(revision, compiled);
      if (compiled.problems.length > 0) throw new Error(JSON.stringify(compiled.problems));
      return compiled;
    },
  };
}

export const MARKETS = {
  global: { name: 'Global', countries: [], currency: 'USD', locales: ['en'], timeZone: 'UTC' },
  gb: { name: 'United Kingdom', countries: ['GB'], currency: 'GBP', locales: ['en-GB'], timeZone: 'Europe/London' },
  fr: { name: 'France', countries: ['FR'], currency: 'EUR', locales: ['fr-FR'], timeZone: 'Europe/Paris' },
  in: { name: 'India', countries: ['IN'], currency: 'INR', locales: ['en-IN'], timeZone: 'Asia/Kolkata' },
} satisfies Sections['markets'];

/** The POCO case: three legacy sites and India's own, closed into one. */
export const POCO = {
  markets: MARKETS,
  sites: {
    'poco-global': { brand: 'poco', market: 'global', role: 'legacy', urls: ['https://po.co/', 'https://*.po.co/'] },
    'poco-gb': { brand: 'poco', market: 'gb', role: 'legacy', urls: ['https://po.co/uk/', 'https://www.po.co/uk/'] },
    'poco-fr': { brand: 'poco', market: 'fr', role: 'legacy', urls: ['https://po.co/fr/'] },
    'poco-in': { brand: 'poco', market: 'in', role: 'legacy', urls: ['https://poco.in/', 'https://poco.in:8443/'] },
    'mi-global': { brand: 'xiaomi', market: 'global', role: 'unified', urls: ['https://www.mi.com/global/'] },
  },
  shutdowns: {
    'poco-2024': {
      title: 'POCO sites close into mi.com',
      sites: ['poco-global', 'poco-gb', 'poco-fr', 'poco-in'],
      into: 'mi-global',
      freeze: 'start of 2024-10-21',
      voucherCutoff: 'end of 2024-12-12',
      dark: 'end of 2024-12-31',
      redirectsUntil: 'end of 2026-12-31',
    },
  },
  rulesets: {
    'poco-gb': ruleset('poco-gb', 'gb'),
    'poco-fr': ruleset('poco-fr', 'fr', { fallback: { status: 410 } }),
  },
  exceptions: {
    'poco-india': {
      sites: ['poco-in'],
      from: ['shutdown', 'redirect'],
      reason: 'India keeps its own POCO site for now',
      owner: 'india-ops@example.com',
      reviewBy: 'end of 2025-06-30',
    },
  },
} satisfies Sections;

export const POCO_RULES: RulesByName = {
  gb: [
    { from: '/uk/phones/f6', to: 'https://www.mi.com/global/phones/f6' },
    { from: '/uk/support/*', to: 'https://www.mi.com/global/support/:splat', status: 308 },
    { from: '/uk/gone', status: 410 },
  ],
  fr: [],
};

/** Epoch milliseconds of an RFC 3339 text. */
export function instant(text: string): number {
  return Date.parse(text);
}

export const DARK_PARIS = instant('2024-12-31T23:00:00Z');
export const DARK_LONDON = instant('2025-01-01T00:00:00Z');
