import { join, resolve } from 'node:path';
import { EXIT, Failure } from '../../domain/failure.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Folders } from './folders.ts';
import { readPrivate } from './private-file.ts';
import { isRecord, readSettings, type SettingsFile, updateSettings } from './settings-file.ts';

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

/** Reads a token from a file, or from standard input where `file` is `-`. Throws the usage failure `invalid-token`. */
export async function readToken(file: string, surroundings: Surroundings): Promise<string> {
  const where = file === '-' ? 'standard input' : file;
  const text = file === '-' ? await wholeInput(surroundings) : await readPrivate(resolve(surroundings.cwd, file));
  if (text === null) {
    throw new Failure({ code: 'token-file-missing', exit: EXIT.usage, message: `${where}: there is no such file.` });
  }
  const token = text.trim();
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new Failure({
      code: 'invalid-token',
      exit: EXIT.usage,
      message: `${where}: this is no token.`,
      remedy: 'It must hold the token alone, on one line.',
    });
  }
  surroundings.secrets.add(token);
  return token;
}

async function wholeInput({ stdin }: Surroundings): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
