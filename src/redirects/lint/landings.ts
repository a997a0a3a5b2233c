import { flagsOf, kindOf } from '../compiled.ts';
import { parsePattern, SPLAT } from '../pattern.ts';
import { isFault } from '../rule.ts';
import { parseSource } from '../source.ts';
import { parseTarget } from '../template.ts';
import { FLAG } from '../traits.ts';
import { parseRequestUrl } from '../url.ts';
import type { LintInput } from './finding.ts';
import type { Start } from './start.ts';
import { concreteHost } from './witness.ts';

/** URLs that are looked for at most: each may be a finding of its own. */
const MOST_LANDINGS = 100_000;

/** What a rule with a rest leads to: everything under one path of one host. */
interface Image {
  readonly start: Start;
  /** Scheme, host and path of the source, up to the rest and with its slash. */
  readonly sourceBase: string;
}

/**
 * Where a rule leads a whole folder (`/old/*` → `/new/:splat`) to a folder in which exact rules lie (`/new/x` → …),
 * a visitor of `/old/x` is redirected twice. The URLs of all such pairs, from one pass over the exact paths.
 */
export function* landingsOf(templates: readonly Start[], input: LintInput): Generator<Start> {
  const images = imagesOf(templates);
  if (images.size === 0) return;
  let left = MOST_LANDINGS;
  for (const { compiled } of input.rulesets) {
    for (const [key, place] of compiled.hosts) {
      const folders = images.get(concreteHost(key));
      if (folders === undefined) continue;
      for (const [path] of place.exact) {
        for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
          for (const { start, sourceBase } of folders.get(path.slice(0, slash + 1)) ?? []) {
            if (left-- <= 0) return;
            yield { ...start, url: sourceBase + path.slice(slash + 1) };
          }
        }
      }
    }
  }
}

/** By host key, then by folder: a path that ends in a slash. */
function imagesOf(templates: readonly Start[]): ReadonlyMap<string, ReadonlyMap<string, readonly Image[]>> {
  const images = new Map<string, Map<string, Image[]>>();
  for (const start of templates) {
    const image = imageOf(start);
    if (image === undefined) continue;
    const folders = images.get(image.host) ?? new Map<string, Image[]>();
    images.set(image.host, folders);
    folders.set(image.folder, [...(folders.get(image.folder) ?? []), { start, sourceBase: image.sourceBase }]);
  }
  return images;
}

function imageOf(
  start: Start,
): { readonly host: string; readonly folder: string; readonly sourceBase: string } | undefined {
  const { compiled } = start.ruleset;
  const rule = compiled.rules.at(start.index);
  const text = compiled.targets.at(start.index);
  const source = rule === undefined ? undefined : parseSource(rule, compiled.options);
  if (source === undefined || isFault(source) || text === undefined) return undefined;
  if (flagsOf(compiled, start.index) & FLAG.conditional) return undefined;
  const isPrefix = kindOf(compiled, start.index) === 'prefix';
  const path = isPrefix ? `${source.path.replace(/\/$/, '')}/` : source.path.slice(0, -1);
  if (!isPrefix && !isPlainFolder(source.path)) return undefined;
  const target = parseTarget(text, [SPLAT]);
  if (isFault(target) || target.query.length > 0) return undefined;
  const [folder, rest, ...more] = target.path;
  if (folder?.kind !== 'text' || more.length > 0) return undefined;
  const appended = isPrefix && rest === undefined;
  if (!appended && (rest?.kind !== 'name' || !folder.text.endsWith('/'))) return undefined;
  const from = parseRequestUrl(start.url);
  const host = target.origin === '' ? from.hostKey : parseRequestUrl(target.origin).hostKey;
  return {
    host,
    folder: folder.text.endsWith('/') ? folder.text : `${folder.text}/`,
    sourceBase: `${from.scheme}://${from.hostKey}${path}`,
  };
}

function isPlainFolder(path: string): boolean {
  const pattern = parsePattern(path);
  return !isFault(pattern) && pattern.splat && pattern.names.length === 1;
}
