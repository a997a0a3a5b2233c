import * as z from 'zod';
import { Id } from '../../domain/document/schema-atoms.ts';
import { Instant, pageOf } from '../shapes.ts';
import { MoneyShape } from './launches-shapes.ts';
import { pageQuery } from './paging-shapes.ts';

/** More than any order has, and far below what a counter could not hold. */
const MOST_UNITS = 1_000_000;

/**
 * Two texts are one buyer where they are the same in Unicode's NFC and in no other case: who is who is for the shop to
 * say, and blanks around an id or a control character in it are a slip of its.
 */
const Buyer = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\s\p{Cc}](?:[^\p{Cc}]*[^\s\p{Cc}])?$/u, 'has blanks around it, or a control character')
  .normalize('NFC')
  .describe('Any text that tells one buyer from another; compared exactly');

export const ReservationParams = z.strictObject({
  id: Id.describe('The launch'),
  reservation: z.string().min(1).max(100),
});

export const ReserveBody = z.strictObject({
  market: Id,
  sku: Id,
  buyer: Buyer,
  quantity: z.number().int().min(1).max(MOST_UNITS).describe('Units'),
});

export const ReservationsQuery = pageQuery.extend({ buyer: Buyer.optional().describe('Only those of this buyer') });

export const ReservationShape = z.object({
  id: z.string(),
  launch: z.string(),
  market: z.string(),
  sku: z.string(),
  buyer: z.string(),
  quantity: z.number().int(),
  price: MoneyShape.describe('Of one unit'),
  state: z.enum(['held', 'confirmed', 'released', 'expired']).describe('All but held are final'),
  createdAt: Instant,
  expiresAt: Instant.describe('From here a hold counts no more; epoch milliseconds'),
  settledAt: Instant.nullable().describe('When it was confirmed or released, or ran out; epoch milliseconds'),
});

export const ReservationPage = pageOf(ReservationShape);
