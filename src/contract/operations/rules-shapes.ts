import * as z from 'zod';

export { RuleSpec } from '../../domain/document/schema.ts';
export { AnyId, IdParams, LongOperationShape } from '../shapes.ts';

export const AppendQuery = z.object({ offset: z.coerce.number().int().min(0).describe('Lines that came before') });

export const FindParams = z.object({ content: z.string().regex(/^[0-9a-f]{64}$/) });

export const FindAnswer = z.object({ content: z.string(), count: z.number().int() });

export const ReadQuery = z.object({ revision: z.coerce.number().int().min(1).optional() });
