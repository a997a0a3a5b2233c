import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RulesReference } from '../../domain/document/schema.ts';
import type { Target } from '../connection.ts';
import { foldersOf } from '../settings/folders.ts';
import { readPrivate, removePrivate, writePrivate } from '../settings/private-file.ts';
import { isRecord } from '../settings/settings-file.ts';
import type { Surroundings } from '../surroundings.ts';

/** What tells an import from any other: the same again goes on where the last one stopped. */
export interface ImportName {
  readonly target: Target;
  readonly ruleset: string;
  /** As they were named; `-` is standard input. */
  readonly files: readonly string[];
  /** Everything else that decides which rules the files give. */
  readonly reading: readonly unknown[];
}

/** What an import that has not come to its end left behind. */
export type Remembered =
  /** An upload that was begun. */
  | { readonly kind: 'upload'; readonly upload: string }
  /** Rules that the platform has, of files that looked like this. */
  | { readonly kind: 'sealed'; readonly reference: RulesetFiles };

export interface RulesetFiles extends RulesReference {
  /** How the files looked when they were read; see {@link looksOf}. */
  readonly looks: string;
}

/** The memory of one import, in the program's state folder. */
export class RememberedImport {
  readonly #file: string;

  constructor(surroundings: Surroundings, { target, ruleset, files, reading }: ImportName) {
    const place = target.kind === 'remote' ? target.url : target.file;
    const paths = files.map((file) => (file === '-' ? file : resolve(surroundings.cwd, file)));
    const key = createHash('sha256')
      .update(JSON.stringify([place, ruleset, paths, reading]))
      .digest('hex');
    this.#file = join(foldersOf(surroundings).state, 'imports', `${key.slice(0, 32)}.json`);
  }

  /** Null where there is nothing that could be understood: then the import begins anew. */
  async read(): Promise<Remembered | null> {
    try {
      return rememberedIn(JSON.parse((await readPrivate(this.#file)) ?? 'null'));
    } catch (error) {
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  }

  write(remembered: Remembered): Promise<void> {
    return writePrivate(this.#file, JSON.stringify(remembered));
  }

  forget(): Promise<void> {
    return removePrivate(this.#file);
  }
}

function rememberedIn(value: unknown): Remembered | null {
  if (!isRecord(value)) return null;
  const { kind, upload, reference } = value;
  if (kind === 'upload' && typeof upload === 'string') return { kind, upload };
  if (kind !== 'sealed' || !isRecord(reference)) return null;
  const { content, count, looks } = reference;
  if (typeof content !== 'string' || typeof count !== 'number' || typeof looks !== 'string') return null;
  return { kind, reference: { content, count, looks } };
}

export interface SizedFiles {
  /** Their bytes in all. */
  readonly total: number;
  /** Changes when any of them is written to, replaced or renamed. */
  readonly looks: string;
}

/** How files look from outside; null where one is no file whose size is known, as standard input or a pipe. */
export async function looksOf({ cwd }: Surroundings, files: readonly string[]): Promise<SizedFiles | null> {
  const looks: unknown[] = [];
  let total = 0;
  for (const file of files) {
    const found = file === '-' ? null : await stat(resolve(cwd, file)).catch(() => null);
    if (found === null || !found.isFile()) return null;
    total += found.size;
    looks.push([found.dev, found.ino, found.size, found.mtimeMs, found.ctimeMs]);
  }
  return { total, looks: JSON.stringify(looks) };
}
