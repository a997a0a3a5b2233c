import type { ChecklistItemSpec, ChecklistSpec } from '../document/launch-schema.ts';
import { CHECK_TEXTS, type CheckName } from './checks.ts';

/**
 * The checklists that come with the program. A document that has one of the same id replaces it whole.
 *
 * What they ask is what openings have stumbled over: a product that needs an approval nobody had, a price in a currency
 * the market does not take, a locale that was half translated, more units promised than were in the warehouse, a limit
 * that nobody had said the scope of, a start that the press had an hour wrong, a payment page that met its visitors for
 * the first time at 13:00.
 */
const MANUAL = {
  'payment-tried': {
    title: 'A payment by each method went through and was refunded',
    advice:
      'In each market buy one unit with a card of that country and with an ordinary account. Link the orders and the refunds.',
    validForDays: 14,
  },
  'shipping-shown': {
    title: 'Buyers see shipping costs and duties before they pay',
    advice: 'Walk a cart to its last page in each market. Link a picture of that page.',
    validForDays: 30,
  },
  'start-announced': {
    title: 'Every announcement has the right start, with its time zone',
    advice:
      'Hold notices, banners and press texts in every language against the local times that `storectl launches show` gives. An hour off is a sale missed.',
    validForDays: 30,
  },
  'buying-guide': {
    title: 'The buying guide is published in every locale',
    advice:
      'It says when the sale starts on the local clock, the limit per buyer and its scope, how to pay, what shipping and duties cost, and how to return. Link each.',
    validForDays: 30,
  },
  'account-notice': {
    title: 'Buyers have been told to make an account and to sign in before the start',
    advice: 'Link the notice; an account that is made in the queue is a sale lost.',
    validForDays: 30,
  },
  'fair-queue': {
    title: 'Nobody gets more than the limit by many accounts or by scripts',
    advice: 'Note what stops them: one address, card or phone number per buyer, a queue, a rate limit.',
    validForDays: 30,
  },
  'load-test': {
    title: 'The load test held at the expected number of buyers',
    advice: 'Link its figures: buyers at once, units sold, nothing oversold, the slowest answer.',
    validForDays: 14,
  },
  'on-call': {
    title: 'People are on call from an hour before the start until it ends',
    advice: 'Note their names and how to reach them: for the shop, for payments and for the warehouse.',
    validForDays: 7,
  },
  'stop-rehearsed': {
    title: 'Whoever is on call has stopped a sale once',
    advice: 'On a rehearsal: `storectl launches hold`, and what buyers saw then. Note who did it.',
    validForDays: 30,
  },
  'commerce-approval': {
    title: 'Commerce approves',
    advice: 'Prices, allocations and the limit, as they stand now.',
    validForDays: 14,
  },
  'operations-approval': {
    title: 'Operations approves',
    advice: 'Warehouse, support and the platform are ready for it.',
    validForDays: 14,
  },
  'legal-approval': {
    title: 'Legal approves',
    advice: 'Certifications, terms of sale, privacy notice, returns and labels of each market.',
    validForDays: 90,
  },
  'order-tried': {
    title: 'One order went all the way: paid, shipped, delivered, returned and refunded',
    advice: 'To an address in the market. Link the order, and note how many working days each step took.',
    validForDays: 60,
  },
  'support-briefed': {
    title: 'Support is briefed in the languages of the market',
    advice: 'What is sold and what is not yet, what it costs, how long it takes, and what is given back.',
    validForDays: 30,
  },
  'tax-registered': {
    title: 'The seller is registered for tax in the market',
    advice: 'Link the registration.',
  },
  'repairs-ready': {
    title: 'Repairs work in the market',
    advice: 'A service centre takes devices, says when they come back, and keeps to it. Link its agreement.',
    validForDays: 90,
  },
} as const satisfies Readonly<Record<string, ChecklistItemSpec>>;

const EVERY_LAUNCH = [
  'policy',
  'prices',
  'locales',
  'certifications',
  'sites',
  'schedule',
  'payment-methods',
  'delivery',
  'returns',
] as const satisfies readonly CheckName[];

type ManualItem = keyof typeof MANUAL;

/** What the platform proves, then what people sign. */
interface Template {
  readonly title: string;
  readonly checks: readonly CheckName[];
  readonly manual: readonly ManualItem[];
}

const TEMPLATES: Readonly<Record<string, Template>> = {
  standard: { title: 'A launch', checks: EVERY_LAUNCH, manual: ['on-call', 'commerce-approval'] },
  'flash-sale': {
    title: 'A flash sale',
    checks: [...EVERY_LAUNCH, 'allocations', 'limits'],
    manual: [
      'payment-tried',
      'shipping-shown',
      'start-announced',
      'buying-guide',
      'account-notice',
      'fair-queue',
      'load-test',
      'on-call',
      'stop-rehearsed',
      'commerce-approval',
      'operations-approval',
    ],
  },
  'market-opening': {
    title: 'The opening of a market',
    checks: EVERY_LAUNCH,
    manual: [
      'tax-registered',
      'legal-approval',
      'payment-tried',
      'shipping-shown',
      'order-tried',
      'start-announced',
      'support-briefed',
      'repairs-ready',
      'buying-guide',
      'on-call',
      'commerce-approval',
      'operations-approval',
    ],
  },
};

/** A checklist by id: the document's own, or the one that is shipped under that id. */
export function checklistOf(own: ReadonlyMap<string, ChecklistSpec>, id: string): ChecklistSpec | undefined {
  return own.get(id) ?? shippedChecklist(id);
}

/** Every checklist that comes with the program, by id. */
export function shippedChecklists(): Readonly<Record<string, ChecklistSpec>> {
  return Object.fromEntries(Object.entries(TEMPLATES).map(([id, template]) => [id, checklistFrom(template)]));
}

function shippedChecklist(id: string): ChecklistSpec | undefined {
  const template = Object.hasOwn(TEMPLATES, id) ? TEMPLATES[id] : undefined;
  return template === undefined ? undefined : checklistFrom(template);
}

function checklistFrom({ title, checks, manual }: Template): ChecklistSpec {
  const proven = checks.map((check): Item => [check, { check, title: CHECK_TEXTS[check].title }]);
  return { title, items: Object.fromEntries([...proven, ...manual.map((item): Item => [item, MANUAL[item]])]) };
}

type Item = readonly [id: string, spec: ChecklistItemSpec];
