import { resolve } from 'node:path';
import { hasErrors } from '../../domain/document/fault-list.ts';
import { readDocument } from '../../domain/document/read-document.ts';
import type { RulesetSpec } from '../../domain/document/schema.ts';
import { Failure } from '../../domain/failure.ts';
import { lintSettingsOf } from '../../domain/state/lint-settings.ts';
import { createTimeResolver } from '../../domain/time/time-resolver.ts';
import type { LintSettings } from '../../redirects/lint/settings.ts';
import { TZDB } from '../answers/asked-time.ts';
import { documentFile } from '../document/document-flag.ts';
import { wrongDocument } from '../document/load-document.ts';
import { besideDocument } from '../document/load-rules.ts';
import { readText } from '../document/read-text.ts';
import type { Surroundings } from '../surroundings.ts';

/** What the project's document says of a rules file. */
export interface FileSettings {
  readonly settings: LintSettings;
  readonly allowedHosts: readonly string[];
}

const LARGEST = 64 * 1024 * 1024;

/**
 * The settings that a document has for the rules files that its rulesets name, by file as it was named. Without
 * `document` the project's own is looked for, and says nothing where it is absent or wrong.
 *
 * @throws Failure `unreadable-file`, `invalid-document` of a document that was named
 */
export async function projectSettings(
  surroundings: Surroundings,
  files: readonly string[],
  document: string | undefined,
): Promise<ReadonlyMap<string, FileSettings>> {
  const named = document ?? documentFile(surroundings.env, undefined);
  const read = await readProject(surroundings, named, document !== undefined);
  if (read === null) return new Map();
  const rulesets = new Map(
    Object.values(read.rulesets ?? {}).flatMap((spec): [string, RulesetSpec][] =>
      typeof spec.rules === 'string' ? [[resolve(surroundings.cwd, besideDocument(named, spec.rules)), spec]] : [],
    ),
  );
  return new Map(
    files.flatMap((file): [string, FileSettings][] => {
      const spec = rulesets.get(resolve(surroundings.cwd, file));
      if (spec === undefined) return [];
      const zone = read.markets?.[read.sites?.[spec.site]?.market ?? '']?.timeZone ?? null;
      const when = { at: surroundings.now(), resolver: createTimeResolver(TZDB), zone };
      return [[file, { settings: lintSettingsOf(spec.lint ?? {}, when), allowedHosts: spec.allowedHosts ?? [] }]];
    }),
  );
}

async function readProject(surroundings: Surroundings, file: string, wanted: boolean) {
  try {
    const { file: shown, text } = await readText(surroundings, file, { what: 'document', limit: LARGEST });
    const { document, problems } = readDocument(text, shown);
    if (wanted && (document === null || hasErrors(problems))) throw wrongDocument(shown, problems);
    return document;
  } catch (error) {
    if (wanted || !(error instanceof Failure)) throw error;
    return null;
  }
}
