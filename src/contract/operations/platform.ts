import * as z from 'zod';
import { operation, ROLES } from '../operation.ts';
import { Instant, pageOf, pageQuery, TokenShape } from '../shapes.ts';

export const platform = {
  info: operation({
    name: 'platform.info',
    method: 'GET',
    path: '/v1/platform',
    summary: 'Which platform this is, its clock and tz database, and who is asking',
    role: 'viewer',
    effect: 'read',
    params: undefined,
    query: undefined,
    body: undefined,
    output: () =>
      z.object({
        id: z.string(),
        version: z.string(),
        api: z.literal('v1'),
        now: Instant,
        tzdb: z.string(),
        store: z.string(),
        actor: z.string(),
        role: z.enum(ROLES),
        head: z.string().describe('The hash of the last change set'),
      }),
    problems: [],
  }),
};

export const tokens = {
  create: operation({
    name: 'tokens.create',
    method: 'POST',
    path: '/v1/tokens',
    summary: 'Make a bearer token; its secret is in this answer and nowhere else',
    role: 'admin',
    effect: 'write',
    secret: true,
    status: 201,
    params: undefined,
    query: undefined,
    body: () =>
      z.object({
        name: z.string().trim().min(1).max(200),
        role: z.enum(ROLES),
        expiresAt: Instant.optional(),
      }),
    output: () => TokenShape.extend({ secret: z.string() }),
    problems: ['already-exists'],
  }),
  list: operation({
    name: 'tokens.list',
    method: 'GET',
    path: '/v1/tokens',
    summary: 'Tokens without their secrets',
    role: 'admin',
    effect: 'read',
    params: undefined,
    query: () => pageQuery,
    body: undefined,
    output: () => pageOf(TokenShape),
    problems: ['invalid-cursor'],
  }),
  revoke: operation({
    name: 'tokens.revoke',
    method: 'DELETE',
    path: '/v1/tokens/{id}',
    summary: 'Revoke a token at once',
    role: 'admin',
    effect: 'write',
    params: () => z.object({ id: z.string().min(1).max(100) }),
    query: undefined,
    body: undefined,
    output: () => TokenShape,
    problems: ['not-found'],
  }),
};
