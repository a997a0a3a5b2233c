import type { SubmittedDocument } from '../../src/domain/document/schema.ts';

/** A small document of the POCO case: every section, inline rules, an exception. */
export const POCO: SubmittedDocument = {
  version: 1,
  markets: {
    global: { name: 'Global', countries: [], currency: 'USD', locales: ['en'], timeZone: 'UTC' },
    gb: {
      name: 'United Kingdom',
      countries: ['GB'],
      currency: 'GBP',
      locales: ['en-GB'],
      timeZone: 'Europe/London',
    },
    fr: { name: 'France', countries: ['FR'], currency: 'EUR', locales: ['fr-FR'], timeZone: 'Europe/Paris' },
    in: { name: 'India', countries: ['IN'], currency: 'INR', locales: ['en-IN'], timeZone: 'Asia/Kolkata' },
  },
  sites: {
    'mi-global': { brand: 'xiaomi', market: 'global', role: 'unified', urls: ['https://www.mi.com/global/'] },
    'poco-gb': { brand: 'poco', market: 'gb', role: 'legacy', urls: ['https://po.co/uk/'] },
    'poco-fr': { brand: 'poco', market: 'fr', role: 'legacy', urls: ['https://po.co/fr/'] },
    'poco-in': { brand: 'poco', market: 'in', role: 'legacy', urls: ['https://poco.in/'] },
  },
  shutdowns: {
    'poco-2024': {
      title: 'POCO sites close into mi.com',
      sites: ['poco-gb', 'poco-fr', 'poco-in'],
      into: 'mi-global',
      freeze: 'start of 2024-10-21',
      voucherCutoff: 'end of 2024-12-12',
      dark: 'end of 2024-12-31',
      redirectsUntil: 'end of 2026-12-31',
    },
  },
  rulesets: {
    'poco-gb': {
      site: 'poco-gb',
      rules: [
        { from: '/uk/phones/f6', to: 'https://www.mi.com/global/phones/f6', status: 301 },
        { from: '/uk/support/*', to: 'https://www.mi.com/global/support/:splat' },
      ],
    },
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
};

/** Before anything of {@link POCO} happens: 2024-10-01T00:00Z. */
export const BEFORE = Date.UTC(2024, 9, 1);
