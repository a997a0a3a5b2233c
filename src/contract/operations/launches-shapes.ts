import * as z from 'zod';
import { GoSpec, LAUNCH_KINDS } from '../../domain/document/launch-schema.ts';
import { TimeText } from '../shapes.ts';

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

export const GoShape = GoSpec.extend({ stands: z.boolean().describe('False where the launch was changed since') });

const LaunchStateShape = z.enum(['scheduled', 'held', 'live', 'ended', 'cancelled']);

export const StockQuery = z.strictObject({
  at: TimeText.default('now').describe('When the states are told for; units are those of now'),
});

export const StockAnswer = z.object({
  launch: z.string(),
  version: z.number().int(),
  now: At.describe('Epoch milliseconds, on the platform’s clock'),
  at: At.describe('When the states are told for'),
  limitScope: z.string().describe('What a limit per buyer counts'),
  go: GoShape.nullable().describe('The last go'),
  markets: z.array(
    z.object({
      market: z.string(),
      state: LaunchStateShape,
      startsAt: At,
      endsAt: At.nullable(),
      zone: z.string().nullable(),
      items: z.array(ItemStockShape),
    }),
  ),
});

export const CalendarQuery = z.strictObject({
  from: TimeText.optional().describe('Only launches that run from here on'),
  until: TimeText.optional().describe('Only launches that start before this'),
});

export const CalendarAnswer = z.object({
  now: At,
  entries: z.array(
    z.object({
      launch: z.string(),
      title: z.string().nullable(),
      kind: z.enum(LAUNCH_KINDS),
      market: z.string(),
      zone: z.string().nullable(),
      startsAt: At,
      endsAt: At.nullable(),
      state: LaunchStateShape,
      skus: z.array(z.string()),
      conflicts: z.array(
        z.object({
          kind: z.enum(['site', 'no-site', 'freeze-window', 'launch', 'exception']),
          market: z.string(),
          with: z.string(),
          blocks: z.boolean(),
          message: z.string(),
        }),
      ),
    }),
  ),
});
