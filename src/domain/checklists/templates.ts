import type { ChecklistItemSpec, ChecklistSpec } from '../document/launch-schema.ts';

/**
 * The checklists that come with the program. A document that has one of the same id replaces it whole.
 *
 * What they ask is what openings have stumbled over: a product that needs an approval nobody had, a price in a currency
 * the market does not take, a locale that was half translated, more units promised than were in the warehouse, a limit
 * that nobody had said the scope of, a payment page that met its visitors for the first time at 13:00.
 */
const AUTOMATIC = {
  policy: { check: 'policy', title: 'Every item may be sold in every market' },
  prices: { check: 'prices', title: 'Prices are complete, in accepted currencies, and plausible beside each other' },
  locales: { check: 'locales', title: 'Texts are complete in every locale of the markets' },
  certifications: { check: 'certifications', title: 'Every item is certified in every market past the end' },
  sites: { check: 'sites', title: 'A site of every market sells from start to end' },
  schedule: { check: 'schedule', title: 'No freeze window and no other launch stands in the way' },
  allocations: { check: 'allocations', title: 'Allocations are there and no more than the stock' },
  limits: { check: 'limits', title: 'A limit per buyer is there, and its scope is named' },
  'payment-methods': { check: 'payment-methods', title: 'Payment methods are named' },
  delivery: { check: 'delivery', title: 'A delivery promise is made, and who pays duties is said' },
  returns: { check: 'returns', title: 'Returns and warranty terms are stated' },
} as const satisfies Readonly<Record<string, ChecklistItemSpec>>;

const MANUAL = {
  'payment-tried': {
    title: 'A payment by each method went through and was refunded',
    advice: 'Buy one unit with a real card and a real account in each market, and link the refunds.',
    validForDays: 14,
  },
  'buying-guide': {
    title: 'The buying guide is published in every locale',
    advice: 'It says when it starts on the local clock, what the limit is, how to pay and what duties cost.',
    validForDays: 30,
  },
  'account-notice': {
    title: 'Buyers have been told to make an account and to sign in before the start',
    advice: 'Link the notice; an account made in the queue is a sale lost.',
    validForDays: 30,
  },
  'load-test': {
    title: 'The load test held at the expected number of buyers',
    advice: 'Link its figures: buyers at once, units sold, nothing oversold, the slowest answer.',
    validForDays: 14,
  },
  'on-call': {
    title: 'Who is on call from an hour before the start until it ends',
    advice: 'Names and how to reach them, for the shop, payments and the warehouse.',
    validForDays: 7,
  },
  'commerce-approval': {
    title: 'Commerce approves',
    advice: 'Prices, allocations and the limit, as they stand.',
    validForDays: 14,
  },
  'operations-approval': {
    title: 'Operations approves',
    advice: 'Warehouse, support and the platform are ready for it.',
    validForDays: 14,
  },
  'legal-approval': {
    title: 'Legal approves',
    advice: 'Certifications, terms of sale, privacy notice and labels of each market.',
    validForDays: 90,
  },
  'support-briefed': {
    title: 'Support is briefed in the languages of the market',
    advice: 'What is sold, what it costs, how long it takes and what is given back.',
    validForDays: 30,
  },
  'tax-registered': { title: 'The seller is registered for tax in the market', advice: 'Link the registration.' },
  'repairs-ready': {
    title: 'Repairs work in the market',
    advice: 'A service centre takes devices and says when they come back.',
    validForDays: 90,
  },
} as const satisfies Readonly<Record<string, ChecklistItemSpec>>;

const EVERY_LAUNCH = {
  policy: AUTOMATIC.policy,
  prices: AUTOMATIC.prices,
  locales: AUTOMATIC.locales,
  certifications: AUTOMATIC.certifications,
  sites: AUTOMATIC.sites,
  schedule: AUTOMATIC.schedule,
  'payment-methods': AUTOMATIC['payment-methods'],
  delivery: AUTOMATIC.delivery,
  returns: AUTOMATIC.returns,
};

const TEMPLATES: Readonly<Record<string, ChecklistSpec>> = {
  standard: {
    title: 'A launch',
    items: {
      ...EVERY_LAUNCH,
      'on-call': MANUAL['on-call'],
      'commerce-approval': MANUAL['commerce-approval'],
    },
  },
  'flash-sale': {
    title: 'A flash sale',
    items: {
      ...EVERY_LAUNCH,
      allocations: AUTOMATIC.allocations,
      limits: AUTOMATIC.limits,
      'payment-tried': MANUAL['payment-tried'],
      'buying-guide': MANUAL['buying-guide'],
      'account-notice': MANUAL['account-notice'],
      'load-test': MANUAL['load-test'],
      'on-call': MANUAL['on-call'],
      'commerce-approval': MANUAL['commerce-approval'],
      'operations-approval': MANUAL['operations-approval'],
    },
  },
  'market-opening': {
    title: 'The opening of a market',
    items: {
      ...EVERY_LAUNCH,
      'tax-registered': MANUAL['tax-registered'],
      'legal-approval': MANUAL['legal-approval'],
      'payment-tried': MANUAL['payment-tried'],
      'support-briefed': MANUAL['support-briefed'],
      'repairs-ready': MANUAL['repairs-ready'],
      'buying-guide': MANUAL['buying-guide'],
      'on-call': MANUAL['on-call'],
      'commerce-approval': MANUAL['commerce-approval'],
      'operations-approval': MANUAL['operations-approval'],
    },
  },
};

/** A checklist by id: the document's own, or the one that is shipped under that id. */
export function checklistOf(own: ReadonlyMap<string, ChecklistSpec>, id: string): ChecklistSpec | undefined {
  return own.get(id) ?? (Object.hasOwn(TEMPLATES, id) ? TEMPLATES[id] : undefined);
}

export function shippedChecklists(): Readonly<Record<string, ChecklistSpec>> {
  return TEMPLATES;
}
