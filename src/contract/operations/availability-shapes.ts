import * as z from 'zod';
import { CATALOG_MODES } from '../../domain/catalogs/policy.ts';
import { LAUNCH_KINDS } from '../../domain/document/launch-schema.ts';
import { Id } from '../../domain/document/schema-atoms.ts';
import { StateShape } from '../answer-shapes.ts';
import { Instant, TimeText } from '../shapes.ts';

const At = TimeText.default('now').describe('Any written time, or now; without a zone it is read in the market’s own');

export const AvailabilityQuery = z.strictObject({ market: Id, sku: Id, at: At });

export const MoneyShape = z.object({
  minor: z.number().int().describe('In ISO 4217 minor units'),
  currency: z.string(),
});

export const AvailabilityAnswer = z.object({
  market: z.string(),
  zone: z.string().describe('The market’s time zone'),
  sku: z.string(),
  at: Instant,
  title: z.string().nullable(),
  visible: z.boolean().describe('Whether a shopper sees it'),
  buyable: z.boolean(),
  price: MoneyShape.nullable(),
  limitPerBuyer: z
    .number()
    .int()
    .nullable()
    .describe('Units of the product per buyer, across all orders and markets of the launch'),
  allocation: z.number().int().nullable().describe('Units that the launch sells in this market in all'),
  left: z.number().int().nullable().describe('Units that nobody holds or has bought; null at another instant than now'),
  decidedBy: z.object({ kind: z.enum(['launch', 'listing', 'policy', 'site', 'none']), id: z.string().nullable() }),
  why: z.array(
    z.object({
      kind: z.enum(['product', 'site', 'catalog', 'exception', 'listing', 'launch']),
      id: z.string(),
      role: z.enum(['decides', 'applies', 'passed-over']),
      text: z.string(),
    }),
  ),
  nextChangeAt: Instant.nullable(),
});

export const MarketStatusQuery = z.strictObject({ at: At });

export const MarketStatusAnswer = z.object({
  market: z.string(),
  at: Instant,
  zone: z.string(),
  sites: z.array(StateShape),
  catalog: z
    .object({
      id: z.string(),
      mode: z.enum(CATALOG_MODES),
      listings: z.number().int(),
      onSale: z.number().int().describe('Listings whose window holds the instant'),
    })
    .nullable(),
  launches: z
    .array(
      z.object({
        launch: z.string(),
        kind: z.enum(LAUNCH_KINDS),
        title: z.string().nullable(),
        state: z.enum(['scheduled', 'held', 'live', 'ended', 'cancelled']),
        startsAt: Instant,
        endsAt: Instant.nullable(),
        needsGo: z.boolean().describe('Whether somebody has to let it go, and nobody has'),
      }),
    )
    .describe('By start; what is cancelled or over is left out'),
  waits: z.array(
    z.object({
      kind: z.enum(['no-site', 'launch-held', 'launch-needs-go', 'launch-open-after-go', 'certification-expired']),
      id: z.string(),
      at: Instant,
      text: z.string(),
    }),
  ),
});

/** A launch over all of its markets, in a status. */
export const LaunchBriefShape = z.object({
  launch: z.string(),
  kind: z.enum(LAUNCH_KINDS),
  live: z.number().int().describe('In how many markets'),
  held: z.number().int(),
  scheduled: z.number().int(),
  nextChangeAt: Instant.nullable(),
});
