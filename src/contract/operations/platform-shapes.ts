import * as z from 'zod';
import { ROLES } from '../operation.ts';
import { Instant, pageOf, TokenShape } from '../shapes.ts';

export { TokenShape } from '../shapes.ts';

export const PlatformInfoAnswer = z.object({
  id: z.string(),
  version: z.string(),
  api: z.literal('v1'),
  now: Instant,
  tzdb: z.string(),
  store: z.string(),
  actor: z.string(),
  role: z.enum(ROLES),
  head: z.string().describe('The hash of the last change set'),
});

export const TokenCreateBody = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, 'must have no control characters: the audit trail names callers by it'),
  role: z.enum(ROLES),
  expiresAt: Instant.optional(),
});

export const TokenCreateAnswer = TokenShape.extend({ secret: z.string() });

export const TokenListAnswer = pageOf(TokenShape);
