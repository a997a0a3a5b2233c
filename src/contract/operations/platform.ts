import { operation } from '../operation.ts';
import { pageQuery } from './paging.ts';
import { anyId } from './parts.ts';

const shapes = () => import('./platform-shapes.ts');

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
    output: async () => (await shapes()).PlatformInfoAnswer,
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
    body: async () => (await shapes()).TokenCreateBody,
    output: async () => (await shapes()).TokenCreateAnswer,
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
    query: pageQuery,
    body: undefined,
    output: async () => (await shapes()).TokenListAnswer,
    problems: ['invalid-cursor'],
  }),
  revoke: operation({
    name: 'tokens.revoke',
    method: 'DELETE',
    path: '/v1/tokens/{id}',
    summary: 'Revoke a token at once',
    role: 'admin',
    effect: 'write',
    params: anyId,
    query: undefined,
    body: undefined,
    output: async () => (await shapes()).TokenShape,
    problems: ['not-found'],
  }),
};
