import { randomBytes } from 'node:crypto';
import type { api } from '../../contract/operations/index.ts';
import type { Token } from '../../contract/shapes.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { sha256 } from '../digest.ts';
import type { Handler } from '../handler.ts';
import type { TokenRow } from '../store/rows.ts';
import { notFound } from './not-found.ts';
import { pageOf, readCursor } from './pages.ts';

type Operations = (typeof api)['tokens'];

export const createToken: Handler<Operations['create']> = ({ platform, commit }, { body }) =>
  commit(async ({ tokens }) => {
    if ((await tokens.byName(body.name)) !== null) throw nameTaken(body.name);
    const secret = `sct_${randomBytes(32).toString('base64url')}`;
    const row: TokenRow = {
      id: platform.newId(),
      name: body.name,
      role: body.role,
      secretHash: sha256(secret),
      createdAt: platform.now(),
      expiresAt: body.expiresAt ?? null,
      lastUsedAt: null,
    };
    await tokens.insert(row);
    return { value: { ...shown(row), secret } };
  });

export const listTokens: Handler<Operations['list']> = async ({ platform }, { query }) => {
  const after = readCursor('tokens', query.cursor);
  const rows = await platform.store.read(({ tokens }) => tokens.list(after, query.limit + 1));
  return { value: pageOf('tokens', rows.map(shown), query.limit, (token) => token.name) };
};

export const revokeToken: Handler<Operations['revoke']> = async ({ commit, platform }, { params }) => {
  const answer = await commit(async ({ tokens }) => {
    const row = (await tokens.get(params.id)) ?? (await tokens.byName(params.id));
    if (row === null) throw notFound('token', params.id);
    await tokens.remove(row.id);
    return { value: shown(row) };
  });
  platform.tokenLookUps.clear();
  return answer;
};

function shown({ id, name, role, createdAt, expiresAt, lastUsedAt }: TokenRow): Token {
  return { id, name, role, createdAt, expiresAt, lastUsedAt };
}

function nameTaken(name: string): Failure {
  return new Failure({
    code: 'already-exists',
    exit: EXIT.usage,
    message: `There is a token named ${name} already.`,
    remedy: 'Choose another name, or revoke that token first: the audit trail knows callers by these names.',
    details: { name },
  });
}
