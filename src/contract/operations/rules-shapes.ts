import * as z from 'zod';
import { wholeNumber } from './whole-number.ts';

export { RuleSpec } from '../../domain/document/schema.ts';
export { AnyId, IdParams, LongOperationShape } from '../shapes.ts';

export const AppendQuery = z.strictObject({
  offset: wholeNumber(0).describe('Lines that came before'),
});

export const UploadDigest = z.object({
  received: z.number().int().describe('Lines taken; the upload goes on here'),
  accepted: z.number().int().describe('Those of them that are rules'),
  digest: z.string().describe('SHA-256 over the canonical lines of those rules, each ended by a line feed'),
});

export const FindParams = z.strictObject({ content: z.string().regex(/^[0-9a-f]{64}$/) });

export const FindAnswer = z.object({ content: z.string(), count: z.number().int() });

export const ReadQuery = z.strictObject({ revision: wholeNumber(1).optional() });
