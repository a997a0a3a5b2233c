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
