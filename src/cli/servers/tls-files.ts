import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { EXIT, Failure } from '../../domain/failure.ts';
import type { Surroundings } from '../surroundings.ts';

export interface TlsFlags {
  readonly 'tls-cert'?: string | undefined;
  readonly 'tls-key'?: string | undefined;
}

/**
 * The PEM texts of a certificate and its key; undefined where neither was named.
 *
 * @throws Failure `invalid-usage` where only one was named, `unreadable-file`, `invalid-certificate`
 */
export async function readTls(
  flags: TlsFlags,
  surroundings: Surroundings,
): Promise<{ readonly cert: string; readonly key: string } | undefined> {
  const { 'tls-cert': certFile, 'tls-key': keyFile } = flags;
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (certFile === undefined || keyFile === undefined) {
    throw new Failure({
      code: 'invalid-usage',
      exit: EXIT.usage,
      message: 'A certificate and its key go together.',
      remedy: `Add ${certFile === undefined ? '--tls-cert' : '--tls-key'} FILE`,
    });
  }
  const cert = await readPem(certFile, surroundings);
  const key = await readPem(keyFile, surroundings);
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw new Failure({
      code: 'invalid-certificate',
      exit: EXIT.usage,
      message: `${certFile} and ${keyFile} are not a certificate and its key in PEM form.`,
      remedy: 'Name the certificate, with its chain, as --tls-cert and its private key as --tls-key.',
      cause: error,
    });
  }
  return { cert, key };
}

async function readPem(file: string, { cwd }: Surroundings): Promise<string> {
  try {
    return await readFile(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new Failure({
      code: 'unreadable-file',
      exit: EXIT.usage,
      message: `${file} cannot be read: ${error instanceof Error && 'code' in error ? error.code : 'unknown fault'}.`,
      cause: error,
    });
  }
}
