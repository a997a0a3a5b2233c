import { join } from 'node:path';
import { EXIT, Failure } from '../../domain/failure.ts';
import { nearest } from '../../domain/nearest.ts';
import type { Folders } from './folders.ts';
import { isRecord, readSettings, type SettingsFile, updateSettings } from './settings-file.ts';

/** The context that is always there: the platform embedded in this process. */
export const LOCAL = 'local';

export interface Context {
  readonly url: string;
}

export interface Contexts {
  /** The context in use; null is `local`. */
  readonly current: string | null;
  readonly contexts: Readonly<Record<string, Context>>;
}

export function contextsFile(folders: Folders): SettingsFile<Contexts> {
  return { path: join(folders.config, 'contexts.json'), empty: { current: null, contexts: {} }, parse: parseContexts };
}

function parseContexts(value: unknown): Contexts | null {
  if (!isRecord(value)) return null;
  const { current = null, contexts = {} } = value;
  if ((current !== null && typeof current !== 'string') || !isRecord(contexts)) return null;
  const known: [string, Context][] = [];
  for (const [name, entry] of Object.entries(contexts)) {
    if (!isRecord(entry) || typeof entry['url'] !== 'string') return null;
    known.push([name, { url: entry['url'] }]);
  }
  return { current, contexts: Object.fromEntries(known) };
}

export const readContexts = (folders: Folders): Promise<Contexts> => readSettings(contextsFile(folders));

export interface AddOptions {
  readonly replace: boolean;
  /** Makes it the context in use, in the same write. */
  readonly use: boolean;
}

/** Adds a context. Throws the usage failure `context-exists` where another address has the name and `replace` is not set. */
export function addContext(folders: Folders, name: string, context: Context, options: AddOptions): Promise<Contexts> {
  checkName(name);
  return updateSettings(contextsFile(folders), (all) => {
    const existing = Object.hasOwn(all.contexts, name) ? all.contexts[name] : undefined;
    if (existing !== undefined && existing.url !== context.url && !options.replace) {
      throw new Failure({
        code: 'context-exists',
        exit: EXIT.usage,
        message: `The context "${name}" is ${existing.url} already.`,
        remedy: 'Choose another name, or add --replace.',
      });
    }
    return { current: options.use ? name : all.current, contexts: { ...all.contexts, [name]: context } };
  });
}

/** Makes a context the one in use. Throws `unknown-context`. */
export function useContext(folders: Folders, name: string): Promise<Contexts> {
  return updateSettings(contextsFile(folders), (all) => {
    requireContext(all, name);
    return { ...all, current: name === LOCAL ? null : name };
  });
}

/** Removes a context; where it was in use, `local` is in use from then on. Throws `unknown-context`. */
export function removeContext(folders: Folders, name: string): Promise<Contexts> {
  if (name === LOCAL) {
    throw new Failure({
      code: 'context-built-in',
      exit: EXIT.usage,
      message: `"${LOCAL}" is built in and cannot be removed.`,
    });
  }
  return updateSettings(contextsFile(folders), (all) => {
    requireContext(all, name);
    const { [name]: _, ...rest } = all.contexts;
    return { current: all.current === name ? null : all.current, contexts: rest };
  });
}

/** The context of that name; null is `local`. Throws the failure `unknown-context` with the nearest name. */
export function requireContext(all: Contexts, name: string): Context | null {
  if (name === LOCAL) return null;
  const found = Object.hasOwn(all.contexts, name) ? all.contexts[name] : undefined;
  if (found !== undefined) return found;
  const known = [LOCAL, ...Object.keys(all.contexts)];
  const guess = nearest(name, known);
  throw new Failure({
    code: 'unknown-context',
    exit: EXIT.notFound,
    message: `There is no context "${name}".${guess === null ? '' : ` Did you mean "${guess}"?`}`,
    remedy: `Known contexts: ${known.join(', ')}. Add one with: storectl contexts add NAME --url URL`,
    details: { context: name, known },
  });
}

function checkName(name: string): void {
  if (name === LOCAL) {
    throw new Failure({
      code: 'invalid-context-name',
      exit: EXIT.usage,
      message: `The name "${LOCAL}" is taken: it is the context that is built in.`,
      remedy: 'Choose another name.',
    });
  }
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return;
  throw new Failure({
    code: 'invalid-context-name',
    exit: EXIT.usage,
    message: `"${name}" cannot be the name of a context.`,
    remedy: 'Use lower-case letters and digits, with single hyphens between them.',
  });
}

/** The platform's address in its one form. Throws the usage failure `invalid-url`, and never repeats a password. */
export function platformUrl(text: string, place: string): string {
  const fail = (message: string, remedy: string) =>
    new Failure({ code: 'invalid-url', exit: EXIT.usage, message: `${place}: ${message}`, remedy });
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw fail('this is no platform address.', 'Give the whole address, such as https://platform.example.com');
  }
  if (url.username !== '' || url.password !== '') {
    throw fail('an address cannot carry a user or a password.', 'Give the token with --token-file or STORECTL_TOKEN.');
  }
  if (url.search !== '' || url.hash !== '')
    throw fail('an address ends with its path.', 'Leave out what follows ? or #.');
  return url.href.replace(/\/+$/, '');
}

/** Whether what is sent there can be read on its way: no TLS, and not this machine. */
export function isExposed(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && hostname !== 'localhost' && hostname !== '[::1]' && !/^127\./.test(hostname);
}
