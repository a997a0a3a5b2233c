import * as z from 'zod';
import { wholeNumber } from './whole-number.ts';

export { RuleSpec } from '../../domain/document/schema.ts';
export { AnyId, IdParams, LongOperationShape } from '../shapes.ts';

export const AppendQuery = z.strictObject({
  offset: wholeNumber(0).describe('Lines that came before'),
});

export const FindParams = z.strictObject({ content: z.string().regex(/^[0-9a-f]{64}$/) });

export const FindAnswer = z.object({ content: z.string(), count: z.number().int() });

export const ReadQuery = z.strictObject({ revision: wholeNumber(1).optional() });
