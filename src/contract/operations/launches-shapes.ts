import * as z from 'zod';

export { IdParams } from '../shapes.ts';

const At = z.number().int().describe('Epoch milliseconds');
const Units = z.number().int().min(0);

export const MoneyShape = z.object({
  minor: z.number().int().describe('ISO 4217 minor units'),
  currency: z.string().length(3),
});

export const ItemStockShape = z.object({
  sku: z.string(),
  price: MoneyShape,
  allocation: Units.nullable().describe('Null where there is no bound'),
  held: Units.describe('Reserved, and not yet paid'),
  confirmed: Units.describe('Sold'),
  left: Units.nullable(),
  limitPerBuyer: Units.nullable(),
});

export const StockAnswer = z.object({
  launch: z.string(),
  version: z.number().int(),
  at: At.describe('Epoch milliseconds, on the platform’s clock'),
  limitScope: z.string().describe('What a limit per buyer counts'),
  markets: z.array(
    z.object({
      market: z.string(),
      state: z.enum(['scheduled', 'held', 'live', 'ended', 'cancelled']),
      startsAt: At,
      endsAt: At.nullable(),
      zone: z.string().nullable(),
      items: z.array(ItemStockShape),
    }),
  ),
});
