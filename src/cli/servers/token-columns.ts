import type { Token } from '../../contract/shapes.ts';
import { utc } from '../answers/moments.ts';
import type { Column } from '../output/columns.ts';

/** A token without its secret, as `--json` gives it: instants in RFC 3339 UTC. */
export interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly createdAt: string | null;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

export function tokenRow({ id, name, role, createdAt, expiresAt, lastUsedAt }: Token): TokenRow {
  return {
    id,
    name,
    role,
    createdAt: utc(createdAt),
    expiresAt: utc(expiresAt),
    lastUsedAt: utc(lastUsedAt),
  };
}

export const TOKEN_COLUMNS: readonly Column<TokenRow>[] = [
  { key: 'name', header: 'NAME', value: (row) => row.name, keep: true },
  { key: 'role', header: 'ROLE', value: (row) => row.role },
  { key: 'expiresAt', header: 'EXPIRES', value: (row) => row.expiresAt ?? 'never', whole: true },
  { key: 'lastUsedAt', header: 'LAST USED', value: (row) => row.lastUsedAt ?? 'never', whole: true },
  { key: 'createdAt', header: 'CREATED', value: (row) => row.createdAt, whole: true },
  { key: 'id', header: 'ID', value: (row) => row.id, whole: true },
];
