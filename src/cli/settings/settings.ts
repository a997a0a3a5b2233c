import { join } from 'node:path';
import type { Surroundings } from '../surroundings.ts';
import { type Contexts, contextsFile, LOCAL, readContexts, requireContext } from './contexts.ts';
import { type Folders, foldersOf } from './folders.ts';

/** Where the value of a setting came from, the strongest first. */
export type Source =
  | { readonly kind: 'flag'; readonly flag: string }
  | { readonly kind: 'environment'; readonly variable: string }
  | { readonly kind: 'document'; readonly file: string }
  | { readonly kind: 'context'; readonly context: string; readonly file: string }
  | { readonly kind: 'default' };

export interface Setting {
  readonly value: string | null;
  readonly source: Source;
}

const NAMES = ['context', 'url', 'database', 'file', 'actor'] as const;
export type SettingName = (typeof NAMES)[number];

export interface Settings {
  readonly folders: Folders;
  readonly contexts: Contexts;
  readonly values: Readonly<Record<SettingName, Setting>>;
}

/** What the project's document says about settings. */
export interface DocumentSettings {
  readonly file: string;
  readonly values: Readonly<Partial<Record<SettingName, string>>>;
}

/**
 * Every setting with its source: flags over environment over document over context over defaults.
 * Throws `settings-damaged` and `unknown-context`.
 */
export async function loadSettings(
  surroundings: Surroundings,
  flags: Readonly<Record<string, unknown>>,
  document: DocumentSettings | null = null,
): Promise<Settings> {
  const folders = foldersOf(surroundings);
  const contexts = await readContexts(folders);
  const pick = (
    name: SettingName,
    ofContext: string | undefined,
    context: string,
    fallback: string | null,
  ): Setting => {
    const flag = flags[name];
    if (typeof flag === 'string') return { value: flag, source: { kind: 'flag', flag: `--${name}` } };
    const variable = `STORECTL_${name.toUpperCase()}`;
    const set = surroundings.env[variable] ?? '';
    if (set !== '') return { value: set, source: { kind: 'environment', variable } };
    const written = document?.values[name];
    if (document !== null && written !== undefined)
      return { value: written, source: { kind: 'document', file: document.file } };
    if (ofContext !== undefined)
      return { value: ofContext, source: { kind: 'context', context, file: contextsFile(folders).path } };
    return { value: fallback, source: { kind: 'default' } };
  };

  const chosen = pick('context', contexts.current ?? undefined, contexts.current ?? LOCAL, LOCAL);
  const name = chosen.value ?? LOCAL;
  const context = requireContext(contexts, name);
  return {
    folders,
    contexts,
    values: {
      context: chosen,
      url: pick('url', context?.url, name, null),
      database: pick('database', undefined, name, join(folders.data, 'platform.sqlite')),
      file: pick('file', undefined, name, 'storectl.yaml'),
      // Who the audit trail of the embedded platform names; others know it by the token.
      actor: pick('actor', undefined, name, surroundings.user),
    },
  };
}

/** The source in words, for `doctor` and `contexts show`. */
export function sourceText(source: Source): string {
  switch (source.kind) {
    case 'flag':
      return source.flag;
    case 'environment':
      return source.variable;
    case 'document':
      return source.file;
    case 'context':
      return `context ${source.context} (${source.file})`;
    case 'default':
      return 'default';
  }
}
