import { ASSERTION_KEYS, EXPECTED_KEYS } from './assertion-schema.ts';
import { ListingSpec, ProductSpec } from './catalog-schema.ts';
import { LaunchItemSpec } from './launch-schema.ts';
import { LINT_KEYS } from './lint-schema.ts';
import type { DocumentPath } from './pointer.ts';
import { DOCUMENT_KEYS, RuleSpec, STORED_SPEC } from './schema.ts';
import { DOCUMENT_SECTIONS, type DocumentSection } from './sections.ts';

/**
 * Which keys a map at this path of a document may have, for suggestions; none where that is not known.
 *
 * @param entry the map itself
 */
export function knownKeysAt(path: DocumentPath, entry: unknown): readonly string[] {
  const [section, , key, ...rest] = path;
  if (section === undefined) return DOCUMENT_KEYS;
  if (section === 'settings') return ['context'];
  if (!isSection(section)) return [];
  if (section === 'assertions') return key === 'expect' ? EXPECTED_KEYS : assertionKeys(entry);
  if (key === undefined) return Object.keys(section === 'products' ? ProductSpec.shape : STORED_SPEC[section].shape);
  if (key === 'lint') return lintKeys(rest);
  return keysWithin(section, key, rest);
}

function keysWithin(section: DocumentSection, key: string | number, rest: DocumentPath): readonly string[] {
  switch (rest.length > 1 ? rest.at(-1) : key) {
    case 'rules':
      return Object.keys(RuleSpec.shape);
    case 'window':
      return ['from', 'until'];
    case 'fallback':
      return ['to', 'status'];
    case 'query':
      return ['significant'];
    case 'include':
    case 'exclude':
      return ['categories', 'skus'];
    case 'delivery':
      return ['workingDays', 'shippedFrom'];
    case 'returns':
      return ['days', 'atCostOf'];
    case 'categories':
      return ['title', 'accessory'];
    case 'listings':
      return Object.keys(ListingSpec.shape);
    case 'items':
      return section === 'launches'
        ? Object.keys(LaunchItemSpec.shape)
        : ['check', 'title', 'advice', 'required', 'validForDays'];
    default:
      return [];
  }
}

/** Those of its kind; of every kind where that is not known. */
function assertionKeys(entry: unknown): readonly string[] {
  const kind = typeof entry === 'object' && entry !== null ? (entry as { readonly kind?: unknown }).kind : undefined;
  const own = Object.entries(ASSERTION_KEYS).find(([name]) => name === kind)?.[1];
  return own ?? [...new Set(Object.values(ASSERTION_KEYS).flat())];
}

function lintKeys([key]: DocumentPath): readonly string[] {
  return key === 'severity' || key === 'allow' ? LINT_KEYS[key] : LINT_KEYS.lint;
}

function isSection(name: string | number): name is DocumentSection {
  return DOCUMENT_SECTIONS.some((section) => section === name);
}
