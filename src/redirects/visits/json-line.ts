import { badLine, NOTHING, readHits, requested, type VisitLine } from './visit-line.ts';

type Fields = ReadonlyMap<string, unknown>;

const URLS = ['url', 'requesturl', 'uri', 'requesturi', 'clientrequesturi', 'csuristem', 'path', 'clientrequestpath'];
const HOSTS = ['host', 'httphost', 'clientrequesthost', 'servername', 'vhost'];
const METHODS = ['method', 'requestmethod', 'clientrequestmethod', 'csmethod'];
const HITS = ['hits', 'count', 'requests', 'visits', 'views', 'clicks'];

/**
 * A line of JSON as nginx, Caddy, Cloudflare's Logpush and others are set up to write it: an address, and where they
 * are given its host, the method and a count. Keys are known in any case, with hyphens or underscores.
 */
export function readJsonLine(line: string): VisitLine {
  if (line.trim() === '') return NOTHING;
  const value = parse(line);
  if (typeof value === 'string') return requested('', value);
  const fields = fieldsOf(value);
  if (fields === undefined) return badLine('it is no JSON object');
  const nested = fields.get('request');
  const own = fieldsOf(nested) ?? fields;
  const [method, url] = requestOf(typeof nested === 'string' ? nested : undefined, own);
  if (url === '') return badLine('it names no address: no key such as "url", "uri" or "path"');
  const count = HITS.map((key) => fields.get(key)).find((one) => one !== undefined);
  const hits = count === undefined ? 1 : readHits(String(count));
  if (hits === undefined) return badLine('its count is no whole number');
  const host = textOf(own, HOSTS);
  return requested(method, url.startsWith('/') && host !== '' ? `https://${host}${url}` : url, hits);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value).map(([key, one]) => [key.toLowerCase().replace(/[^a-z]/g, ''), one]));
}

/** nginx' `$request` is the whole request line. */
function requestOf(line: string | undefined, fields: Fields): readonly [method: string, url: string] {
  const [, method, target] = /^([A-Za-z]+) (\S+)( HTTP\/\S+)?$/.exec(line ?? '') ?? [];
  if (method !== undefined && target !== undefined) return [method, target];
  return [textOf(fields, METHODS), textOf(fields, URLS)];
}

function textOf(fields: Fields, keys: readonly string[]): string {
  for (const key of keys) {
    const value = fields.get(key);
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}
