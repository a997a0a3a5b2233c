/** What the platform proves by itself of a launch, each in every market of it. */
export const CHECKS = [
  'policy',
  'prices',
  'locales',
  'certifications',
  'allocations',
  'limits',
  'sites',
  'schedule',
  'payment-methods',
  'delivery',
  'returns',
] as const;

export type CheckName = (typeof CHECKS)[number];

/** What a check holds a launch to, and how what it misses is mended. */
export interface CheckText {
  readonly title: string;
  readonly advice: string;
}

export const CHECK_TEXTS: Readonly<Record<CheckName, CheckText>> = {
  policy: {
    title: 'Every item may be sold in every market',
    advice: 'Take off what a catalog does not allow, or grant an exception from the catalog.',
  },
  prices: {
    title: 'Prices are complete, in accepted currencies, and plausible beside each other',
    advice: 'Write a price for each market in a currency that it accepts, and look for a slipped point.',
  },
  locales: {
    title: 'Texts are complete in every locale of the markets',
    advice: 'Finish the translation, and add the locale to the product.',
  },
  certifications: {
    title: 'Every item is certified in every market past the end',
    advice: 'Add the certification, or the one that follows it: storectl certifications add.',
  },
  allocations: {
    title: 'Allocations are there, and no more than the stock',
    advice: 'Allocate less, or bring the stock up to date. What other launches allocate of it counts until they end.',
  },
  limits: {
    title: 'A limit per buyer is there, and its scope is named',
    advice: 'Write limitPerBuyer for every item.',
  },
  sites: {
    title: 'A site of every market sells from start to end',
    advice: 'Open a site there before the start, or leave the market out.',
  },
  schedule: {
    title: 'No freeze window, exception or other launch stands in the way',
    advice: 'Move the start, or what stands in the way.',
  },
  'payment-methods': {
    title: 'Payment methods are named',
    advice: 'Name them in the market’s service level: storectl services change.',
  },
  delivery: {
    title: 'A delivery promise is made, and who pays duties is said',
    advice: 'Say both in the market’s service level: storectl services change.',
  },
  returns: {
    title: 'Returns and warranty terms are stated',
    advice: 'State both in the market’s service level: storectl services change.',
  },
};
