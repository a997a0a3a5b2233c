/**
 * The sections of a document, in the order in which one builds on another: what stands later refers only to
 * what stands before it. Plans create in this order and delete in the reverse one.
 */
export const SECTIONS = [
  'markets',
  'freezeWindows',
  'sites',
  'shutdowns',
  'rulesets',
  'exceptions',
  'assertions',
  'taxonomies',
  'products',
  'catalogs',
  'certifications',
  'serviceLevels',
  'checklists',
  'launches',
  'signoffs',
] as const;

export type Section = (typeof SECTIONS)[number];

/** One value for every section. */
export function bySection<T>(make: (section: Section) => T): Record<Section, T> {
  return Object.fromEntries(SECTIONS.map((section) => [section, make(section)])) as Record<Section, T>;
}

/** A record of what people did, and not of what is wanted: no document states it. */
export type RecordSection = 'signoffs';

/** The sections that a document may state. */
export type DocumentSection = Exclude<Section, RecordSection>;

export const DOCUMENT_SECTIONS = SECTIONS.filter((section): section is DocumentSection => section !== 'signoffs');

/** The sections whose entries are read and written one by one under their ids; the others have operations of their own. */
export type EntrySection = Exclude<Section, RecordSection | 'products'>;

export const ENTRY_SECTIONS = SECTIONS.filter(
  (section): section is EntrySection => section !== 'signoffs' && section !== 'products',
);

/** Under this id all products of an organisation are one entry, which is kept by content. */
export const ALL_PRODUCTS = 'all';

/** How one entry of a section is called in messages. */
export const NOUN: Readonly<Record<Section, string>> = {
  markets: 'market',
  freezeWindows: 'freeze window',
  sites: 'site',
  shutdowns: 'shutdown',
  rulesets: 'ruleset',
  exceptions: 'exception',
  assertions: 'assertion',
  taxonomies: 'taxonomy',
  products: 'product list',
  catalogs: 'catalog',
  certifications: 'certification',
  serviceLevels: 'service level',
  checklists: 'checklist',
  launches: 'launch',
  signoffs: 'signoff',
};

/** Sections the document format reserves and this version does not manage yet. */
export const RESERVED_SECTIONS = ['partners', 'migrations'] as const;
