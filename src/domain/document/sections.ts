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
] as const;

export type Section = (typeof SECTIONS)[number];

/** How one entry of a section is called in messages. */
export const NOUN: Readonly<Record<Section, string>> = {
  markets: 'market',
  freezeWindows: 'freeze window',
  sites: 'site',
  shutdowns: 'shutdown',
  rulesets: 'ruleset',
  exceptions: 'exception',
  assertions: 'assertion',
};

/** Sections the document format reserves and this version does not manage yet. */
export const RESERVED_SECTIONS = [
  'products',
  'catalogs',
  'launches',
  'partners',
  'serviceLevels',
  'migrations',
] as const;
