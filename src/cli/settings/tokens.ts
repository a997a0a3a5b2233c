import { join, resolve } from 'node:path';
import { EXIT, Failure } from '../../domain/failure.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Folders } from './folders.ts';
import { isRecord, readSettings, type SettingsFile, updateSettings } from './settings-file.ts';
import { startOfFile } from './start-of-file.ts';

type Tokens = Readonly<Record<string, string>>;

/** Apart from the contexts, so that those can be shown, copied and kept in a repository. */
export function tokensFile(folders: Folders): SettingsFile<Tokens> {
  return { path: join(folders.config, 'tokens.json'), empty: {}, parse: parseTokens };
}

function parseTokens(value: unknown): Tokens | null {
  if (!isRecord(value)) return null;
  const entries = Object.entries(value);
  return entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')
    ? Object.fromEntries(entries)
    : null;
}

export async function storedToken(folders: Folders, context: string): Promise<string | null> {
  const tokens = await readSettings(tokensFile(folders));
  return Object.hasOwn(tokens, context) ? (tokens[context] ?? null) : null;
}

export async function storeToken(folders: Folders, context: string, token: string): Promise<void> {
  await updateSettings(tokensFile(folders), (all) => ({ ...all, [context]: token }));
}

export async function forgetToken(folders: Folders, context: string): Promise<void> {
  await updateSettings(tokensFile(folders), ({ [context]: _, ...rest }) => rest);
}

/** Bytes: far more than any token has, and far less than what a wrong file may hold. */
const LONGEST_TOKEN_FILE = 4096;

/** Reads a token from a file, or from standard input where `file` is `-`. Throws the usage failure `invalid-token`. */
export async function readToken(file: string, surroundings: Surroundings): Promise<string> {
  if (file === '-') {
    return tokenIn(await startOf(surroundings.stdin), 'standard input', surroundings);
  }
  const start = await startOfFile(resolve(surroundings.cwd, file), LONGEST_TOKEN_FILE + 1);
  switch (start.kind) {
    case 'read':
      return tokenIn(start.bytes, file, surroundings);
    case 'missing':
      throw new Failure({ code: 'token-file-missing', exit: EXIT.usage, message: `${file}: there is no such file.` });
    case 'folder':
      throw invalidToken(file, 'this is a folder.');
    case 'silent':
      throw invalidToken(file, 'nothing is in it, or nobody wrote all of it.');
  }
}

function tokenIn(bytes: Buffer, where: string, surroundings: Surroundings): string {
  if (bytes.byteLength > LONGEST_TOKEN_FILE) {
    throw invalidToken(where, `this holds more than ${LONGEST_TOKEN_FILE} bytes, and is no token.`);
  }
  return usableToken(bytes.toString('utf8'), where, surroundings);
}

/** The token that this text is, from now on kept out of all output. Throws the usage failure `invalid-token`. */
export function usableToken(text: string, where: string, { secrets }: Pick<Surroundings, 'secrets'>): string {
  const token = text.trim();
  if (!/^[\x21-\x7e]+$/.test(token)) throw invalidToken(where, 'this is no token.');
  secrets.add(token);
  return token;
}

function invalidToken(where: string, message: string): Failure {
  return new Failure({
    code: 'invalid-token',
    exit: EXIT.usage,
    message: `${where}: ${message}`,
    remedy: 'It must hold the token alone, on one line.',
  });
}

async function startOf(stdin: Surroundings['stdin']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    size += bytes.byteLength;
    if (size > LONGEST_TOKEN_FILE) break;
  }
  return Buffer.concat(chunks);
}
