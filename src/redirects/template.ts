import { looksLikeAuthority, normalizeEscapes, removeDotSegments } from './canonical.ts';
import {
  hasControlCharacter,
  hexValue,
  isDigit,
  isLetter,
  isNameText,
  isTargetText,
  percentEncode,
} from './characters.ts';
import { passedQuery } from './query.ts';
import type { Fault, QueryPolicy } from './rule.ts';
import { MAX_URL_LENGTH } from './source.ts';
import type { RequestUrl } from './url.ts';
import { splitUrl, UrlError } from './url.ts';

/**
 * The target of a rule, parsed once into literal text and placeholders, never filled by text replacement.
 *
 * `:name` is a placeholder where the source binds that name, or where the character before the colon is no letter or
 * digit; so `Talk:Foo` is text, and a misspelt `/:idd` is found. `%3A` is a colon that is always text.
 */
export interface Target {
  /** `https://host[:port]`; empty for a target on the visitor's own host. */
  readonly origin: string;
  readonly path: readonly Piece[];
  readonly query: readonly Piece[];
  readonly fragment: readonly Piece[];
  /** The whole target as text, safe as it stands where nothing has to be filled. */
  readonly text: string;
  /** No placeholder, no query, no fragment, and a host: the text is the Location. */
  readonly plain: boolean;
}

export type Piece = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'name'; readonly name: string };

/** Nearly every target: a canonical origin, and a path in which nothing has to be escaped and no colon stands. */
const PLAIN_TARGET =
  /^https?:\/\/(?![^/]*xn--)(?:[a-z0-9_-]+\.)*[a-z_-][a-z0-9_-]*\/(?:[A-Za-z0-9\-._~!$&'()*+,;=@/[\]|]|%[0-9A-Fa-f]{2})*$/;

/** Whether `parseTarget` would find plain text and nothing to change; one expression instead of a parse. */
export function isPlainTarget(text: string): boolean {
  return PLAIN_TARGET.test(text) && text.length <= MAX_URL_LENGTH && text.indexOf('/', 8) <= 253;
}

/** @param bound the names that the source gives values to */
export function parseTarget(written: string, bound: readonly string[]): Target | Fault {
  const raw = written.trim();
  if (raw === '') return invalid('`to` is empty');
  if (raw.length > MAX_URL_LENGTH) return invalid(`\`to\` has ${raw.length} characters, more than ${MAX_URL_LENGTH}`);
  if (hasControlCharacter(raw)) return { fault: 'control-character', message: '`to` holds a control character' };
  const located = locate(raw);
  if ('fault' in located) return located;
  const rest = escapeText(located.rest);
  const hash = rest.indexOf('#');
  const beforeHash = hash < 0 ? rest : rest.slice(0, hash);
  const mark = beforeHash.indexOf('?');
  const pathText = mark < 0 ? beforeHash : beforeHash.slice(0, mark);
  const path = parsePieces(pathText === '' ? '/' : pathText, bound);
  const query = mark < 0 ? [] : parsePieces(beforeHash.slice(mark + 1), bound);
  const fragment = hash < 0 ? [] : parsePieces(rest.slice(hash + 1), bound);
  const unknown = [...path, ...query, ...fragment].find(
    (piece) => piece.kind === 'name' && !bound.includes(piece.name),
  );
  if (unknown?.kind === 'name') return unknownPlaceholder(unknown.name, bound);
  const text = located.origin + (pathText === '' ? `/${rest}` : rest);
  const plain = located.origin !== '' && mark < 0 && hash < 0 && path.every((piece) => piece.kind === 'text');
  return { origin: located.origin, path, query, fragment, text: text === raw ? raw : text, plain };
}

const invalid = (message: string, remedy?: string): Fault =>
  remedy === undefined ? { fault: 'invalid-url', message } : { fault: 'invalid-url', message, remedy };

function unknownPlaceholder(name: string, bound: readonly string[]): Fault {
  const known = bound.map((one) => `:${one}`).join(', ');
  return {
    fault: 'unknown-placeholder',
    message: `\`to\` uses ":${name}", which \`from\` does not bind`,
    remedy: `${known === '' ? '`from` binds nothing' : `\`from\` binds ${known}`}; write %3A for a colon that is meant as text.`,
  };
}

/** Splits a target into its canonical origin and the rest; refuses every host that a visitor could have a say in. */
function locate(raw: string): { readonly origin: string; readonly rest: string } | Fault {
  if (raw.startsWith('/')) {
    if (looksLikeAuthority(raw))
      return invalid(
        `\`to\` starts with "${raw.slice(0, 2)}", which browsers read as another host`,
        'Write the scheme: https://…',
      );
    return { origin: '', rest: raw };
  }
  const opening = /^https?:\/\//i.exec(raw);
  if (opening === null) {
    return /^[A-Za-z][A-Za-z0-9+.-]*:(?!\d)/.test(raw)
      ? invalid('`to` is neither http nor https', 'A visitor can only be sent to an http(s) URL.')
      : invalid('`to` has no scheme', `Write https://${raw.replace(/^\/+/, '')}, or a path that starts with "/".`);
  }
  const start = opening[0].length;
  let end = start;
  while (end < raw.length && !'/?#\\'.includes(raw.charAt(end))) end++;
  const authority = raw.slice(start, end);
  if (raw.charAt(end) === '\\') return invalid('a "\\" follows the host of `to`', 'Write "/".');
  if (!authority.includes('@') && /:[A-Za-z_]|[$*{}<>]|^:/.test(authority)) {
    return {
      fault: 'open-redirect',
      message: `the host of \`to\` ("${authority}") holds a placeholder: a visitor could choose where it leads`,
      remedy: 'Write the host out; one rule for each host.',
    };
  }
  try {
    const parts = splitUrl(raw.slice(0, end));
    return {
      origin: `${parts.scheme}://${parts.host}${parts.port === '' ? '' : `:${parts.port}`}`,
      rest: raw.slice(end),
    };
  } catch (error) {
    if (error instanceof UrlError) return invalid(`\`to\` is not a URL: ${error.message}`);
    throw error;
  }
}

/** Escapes what may not stand in a URL and stray percent signs; everything else stays as the operator wrote it. */
function escapeText(raw: string): string {
  let out = '';
  let kept = 0;
  for (let index = 0; index < raw.length; ) {
    const code = raw.charCodeAt(index);
    const stray = code === 37 && (hexValue(raw.charCodeAt(index + 1)) < 0 || hexValue(raw.charCodeAt(index + 2)) < 0);
    if (!stray && isTargetText(code)) {
      index++;
      continue;
    }
    const character = String.fromCodePoint(raw.codePointAt(index) ?? 0xfffd);
    out += raw.slice(kept, index) + percentEncode(character);
    index += character.length;
    kept = index;
  }
  return kept === 0 ? raw : out + raw.slice(kept);
}

function parsePieces(text: string, bound: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  let kept = 0;
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
    let end = colon + 1;
    while (end < text.length && isNameText(text.charCodeAt(end))) end++;
    const name = text.slice(colon + 1, end);
    if (!isPlaceholder(text, colon, name, bound)) continue;
    if (colon > kept) pieces.push({ kind: 'text', text: text.slice(kept, colon) });
    pieces.push({ kind: 'name', name });
    kept = end;
  }
  if (kept < text.length) pieces.push({ kind: 'text', text: text.slice(kept) });
  return pieces;
}

function isPlaceholder(text: string, colon: number, name: string, bound: readonly string[]): boolean {
  if (name === '') return false;
  if (bound.includes(name)) return true;
  const before = text.charCodeAt(colon - 1);
  return !isDigit(name.charCodeAt(0)) && !isLetter(before) && !isDigit(before);
}

export interface Filling {
  readonly url: RequestUrl;
  readonly names: readonly string[];
  /** Canonical path text, aligned with `names`. */
  readonly values: readonly string[];
  /** What a prefix rule appends: empty, or starting with `/`. */
  readonly rest: string;
  readonly query: QueryPolicy;
  /** The rule's own query conditions. */
  readonly conditions: readonly string[];
}

/** The Location of a match: always absolute, always on the target's own host, and free of control characters. */
export function fillTarget(target: Target, filling: Filling): string {
  const origin = target.origin === '' ? `${filling.url.scheme}://${filling.url.hostKey}` : target.origin;
  let path = fillPath(target.path, filling);
  const touched =
    target.path.length > 1 || target.path[0]?.kind === 'name' || filling.rest !== '' || target.origin === '';
  if (filling.rest !== '') path += path.endsWith('/') ? filling.rest.slice(1) : filling.rest;
  if (touched) {
    if (path.includes('/.')) path = removeDotSegments(path);
    if (looksLikeAuthority(path)) path = `/${path.replace(/^[/\\]+/, '')}`;
  }
  const own = fillText(target.query, filling);
  const passed = passedQuery(filling.url.query, filling.query, filling.conditions, own);
  const query = own === '' || passed === '' ? own + passed : `${own}&${passed}`;
  const fragment = fillText(target.fragment, filling);
  return `${origin}${path}${query === '' ? '' : `?${query}`}${fragment === '' ? '' : `#${fragment}`}`;
}

function fillPath(pieces: readonly Piece[], filling: Filling): string {
  let out = '';
  for (const piece of pieces) {
    if (piece.kind === 'text') out += piece.text;
    else {
      const value = placeholderValue(piece.name, filling);
      out += out.endsWith('/') && value.startsWith('/') ? value.replace(/^\/+/, '') : value;
    }
  }
  return out;
}

/** In a query or a fragment, a visitor's value may not begin another parameter. */
function fillText(pieces: readonly Piece[], filling: Filling): string {
  let out = '';
  for (const piece of pieces) {
    out += piece.kind === 'text' ? piece.text : normalizeEscapes(placeholderValue(piece.name, filling), isValueText);
  }
  return out;
}

const isValueText = (code: number): boolean => isTargetText(code) && !'&=+;?#%[]|'.includes(String.fromCharCode(code));

function placeholderValue(name: string, filling: Filling): string {
  return filling.values[filling.names.indexOf(name)] ?? '';
}
