import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** One site of the consolidation, in the words of its own configuration. */
export interface CorpusSite {
  /** The name of its file. */
  readonly name: string;
  readonly title: string;
  /** The first is the main one; none for a file that only gathers aliases. */
  readonly hosts: readonly string[];
  /** A civil date, such as 2013-03-25; null where nobody wrote one down. */
  readonly movedOn: string | null;
  /** The day of the archive's copy, as a civil date. */
  readonly archivedOn: string | null;
  readonly whole: WholeSite | null;
  /** Rewrites in the words of nginx, which no mapping says. */
  readonly locations: readonly NginxLocation[];
}

/** What becomes of every URL that no mapping takes. */
export type WholeSite =
  | { readonly kind: 'gone' }
  | { readonly kind: 'moved'; readonly to: string; readonly status: 301 | 302; readonly appendPath: boolean };

export interface NginxLocation {
  readonly path: string;
  readonly operation: string;
  readonly to: string;
}

export interface Corpus {
  /** The sites that moved in 2012 and 2013, with their dates. */
  readonly dated: readonly CorpusSite[];
  /** Sites as they were configured years later, some of them the same. */
  readonly later: readonly CorpusSite[];
  /** The text of each file of mappings, by the name of its site. */
  readonly mappings: ReadonlyMap<string, string>;
}

/** Where the corpus is unless `GOVUK_DATA` says otherwise: beside the checkout. */
export const govukFolder: string =
  process.env['GOVUK_DATA'] ?? resolve(import.meta.dirname, '..', '..', 'shared', 'data', 'govuk');

export const govukIsPresent: boolean = existsSync(join(govukFolder, 'mappings'));

/** Reads all of it. Throws where a file is not there or is no YAML. */
export function readCorpus(folder: string = govukFolder): Corpus {
  const textOf = (part: string, file: string): string => readFileSync(join(folder, part, file), 'utf8');
  const filesOf = (part: string, ending: string): readonly string[] =>
    readdirSync(join(folder, part))
      .filter((name) => name.endsWith(ending))
      .sort();
  const sitesOf = (part: string): CorpusSite[] =>
    filesOf(part, '.yml').map((file) => readSite(file.replace(/\.yml$/, ''), textOf(part, file)));
  return {
    dated: sitesOf('sites-2013'),
    later: sitesOf('transition-sites'),
    mappings: new Map(
      filesOf('mappings', '.csv').map((file) => [file.replace(/\.csv$/, ''), textOf('mappings', file)]),
    ),
  };
}

/** Some files end with a second, empty document, and some name an alias list twice. */
function readSite(name: string, text: string): CorpusSite {
  const fields = parseAllDocuments(text, { uniqueKeys: false })
    .map((document) => document.toJS() as Readonly<Record<string, unknown>> | null)
    .find((one) => one !== null);
  const word = (key: string): string => String(fields?.[key] ?? '').trim();
  const list = (key: string): readonly unknown[] => (Array.isArray(fields?.[key]) ? fields[key] : []);
  const hosts = [word('host'), ...list('aliases').map(String)].map((host) => host.trim().toLowerCase());
  return {
    name,
    title: plainText(word('title') || word('whitehall_slug') || name),
    hosts: [...new Set(hosts)].filter((host) => host !== ''),
    movedOn: civilDate(word('redirection_date')),
    archivedOn: /^(\d{4})(\d\d)(\d\d)/.exec(word('tna_timestamp'))?.slice(1).join('-') ?? null,
    whole: wholeSite(word('global'), fields?.['global_redirect_append_path'] === true),
    locations: list('locations').map(readLocation),
  };
}

/** `=301 https://…` or `=410`; a path of nginx's own is no whole-site rule. */
function wholeSite(text: string, appendPath: boolean): WholeSite | null {
  if (text === '=410') return { kind: 'gone' };
  const [, status, to] = /^=(301|302)\s+(https?:\/\/\S+)$/.exec(text) ?? [];
  if (status === undefined || to === undefined) return null;
  return { kind: 'moved', to, status: status === '301' ? 301 : 302, appendPath };
}

function readLocation(value: unknown): NginxLocation {
  const { path, operation, new_url: to } = value as Readonly<Record<string, unknown>>;
  return { path: String(path), operation: String(operation), to: String(to) };
}

const MONTHS: readonly string[] = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** `25th March 2013` as 2013-03-25. */
function civilDate(text: string): string | null {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})(?:st|nd|rd|th) ([A-Z][a-z]+) (\d{4})$/.exec(text) ?? [];
  const place = MONTHS.indexOf(month);
  return place < 0 ? null : `${year}-${String(place + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

const plainText = (text: string): string =>
  text.replace(/&#(\d{1,5});/g, (_, code) => String.fromCodePoint(Number(code))).replaceAll('&amp;', '&');
