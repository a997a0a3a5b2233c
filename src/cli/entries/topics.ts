import type { EntrySection } from '../../domain/document/sections.ts';

/** How each section is called on the command line: the topic, and the verb that makes a new entry. */
export const TOPICS: Readonly<Record<EntrySection, { readonly topic: string; readonly create: string }>> = {
  markets: { topic: 'markets', create: 'add' },
  freezeWindows: { topic: 'freeze-windows', create: 'add' },
  sites: { topic: 'sites', create: 'add' },
  shutdowns: { topic: 'shutdowns', create: 'schedule' },
  rulesets: { topic: 'redirects', create: 'add' },
  exceptions: { topic: 'exceptions', create: 'grant' },
  assertions: { topic: 'assertions', create: 'add' },
  taxonomies: { topic: 'taxonomies', create: 'add' },
  catalogs: { topic: 'catalogs', create: 'add' },
  certifications: { topic: 'certifications', create: 'add' },
  serviceLevels: { topic: 'services', create: 'add' },
  checklists: { topic: 'checklists', create: 'add' },
  launches: { topic: 'launches', create: 'add' },
};
