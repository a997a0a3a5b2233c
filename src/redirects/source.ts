import { canonicalPath } from './canonical.ts';
import { foldCase, hasControlCharacter } from './characters.ts';
import { hostKey } from './host.ts';
import { isPlaceholderName } from './pattern.ts';
import { parseConditions } from './query.ts';
import type { Fault, MatchKind, RedirectRule, RulesetOptions } from './rule.ts';
import { matchKindOf } from './rule.ts';
import type { Scheme } from './url.ts';
import { splitUrl, UrlError } from './url.ts';

/** What a rule's `from` means, in the form the index files it under. */
export interface RuleSource {
  readonly kind: MatchKind;
  /** Empty: any scheme. */
  readonly scheme: Scheme | '';
  /** Empty: every host of the site under which the path lies. May start with `*.`. */
  readonly hostKey: string;
  /** Canonical; for a regex its text as written. Case and trailing slash are those of the ruleset. */
  readonly path: string;
  readonly conditions: readonly string[];
}

/** Long enough for any URL a browser sends; short enough that one line cannot make the index deep. */
export const MAX_URL_LENGTH = 8192;

const NO_CONDITIONS: readonly string[] = [];

export function parseSource(rule: RedirectRule, options: RulesetOptions): RuleSource | Fault {
  const text = rule.from.trim();
  if (text === '') return { fault: 'invalid-url', message: '`from` is empty' };
  if (text.length > MAX_URL_LENGTH) {
    return { fault: 'invalid-url', message: `\`from\` has ${text.length} characters, more than ${MAX_URL_LENGTH}` };
  }
  const short = shortSource(rule, text, options);
  if (short !== undefined) return short;
  if (hasControlCharacter(text)) return { fault: 'control-character', message: '`from` holds a control character' };
  const kind = matchKindOf(rule);
  if (kind === 'regex') return regexSource(text);
  try {
    return pathSource(text, kind, options);
  } catch (error) {
    if (error instanceof UrlError) return { fault: error.code, message: `\`from\` is not a URL: ${error.message}` };
    throw error;
  }
}

/**
 * Scheme, plain host, path and query of an exact rule that is canonical as it stands. Nearly all rules are, and one
 * expression reads them several times faster than the long way, which must give the same result.
 */
const CANONICAL_SOURCE =
  /^(?:(?:(https?):\/\/)?((?![^/?]*xn--)(?:[a-z0-9_-]+\.)*[a-z_-][a-z0-9_-]*))?(\/[A-Za-z0-9\-._~!$&'()+,;=@/]*)(?:\?([A-Za-z0-9\-._~!$&'()*+,;=@/?]*))?$/;

function shortSource(rule: RedirectRule, text: string, options: RulesetOptions): RuleSource | undefined {
  if (rule.match !== undefined && rule.match !== 'exact') return undefined;
  const found = CANONICAL_SOURCE.exec(text);
  if (found === null) return undefined;
  const [, scheme = '', host = '', path = '', query = ''] = found;
  // What looks like a placeholder in the query is for the long way to refuse.
  if (path.includes('/.') || query.includes('=:') || (host === '' ? path.startsWith('//') : host.length > 253))
    return undefined;
  return {
    kind: 'exact',
    scheme: scheme as Scheme | '',
    hostKey: host,
    path: comparablePath(path, options),
    conditions: query === '' ? NO_CONDITIONS : parseConditions(query),
  };
}

function pathSource(text: string, kind: MatchKind, options: RulesetOptions): RuleSource | Fault {
  const rooted = text.charCodeAt(0) === 47 && text.charCodeAt(1) !== 47 && text.charCodeAt(1) !== 92;
  let scheme: Scheme | '' = '';
  let key = '';
  let rawPath: string;
  let query: string | undefined;
  if (rooted) {
    const hash = text.indexOf('#');
    const visible = hash < 0 ? text : text.slice(0, hash);
    const mark = visible.indexOf('?');
    rawPath = mark < 0 ? visible : visible.slice(0, mark);
    query = mark < 0 ? undefined : visible.slice(mark + 1);
  } else {
    const parts = splitUrl(text);
    scheme = parts.scheme;
    key = hostKey(parts.host, parts.port);
    rawPath = parts.path;
    query = parts.query;
  }
  const conditions = query === undefined || query === '' ? NO_CONDITIONS : parseConditions(query);
  if (conditions.some((condition) => isQueryPlaceholder(condition))) {
    return {
      fault: 'invalid-pattern',
      message: 'a placeholder cannot stand in the query of `from`',
      remedy: 'Ask for the exact value; write %3A for a colon that is meant as text.',
    };
  }
  const path = canonicalPath(rawPath);
  // The names of a pattern's placeholders keep their case, whatever the ruleset says of paths.
  return {
    kind,
    scheme,
    hostKey: key,
    path: kind === 'pattern' ? cutSlash(path, options) : comparablePath(path, options),
    conditions,
  };
}

const isQueryPlaceholder = (condition: string): boolean => {
  const at = condition.indexOf('=:');
  return at >= 0 && isPlaceholderName(condition.slice(at + 2));
};

/** A canonical path in the form the ruleset compares: case folded and trailing slash cut where it says so. */
export function comparablePath(path: string, options: RulesetOptions): string {
  const cut = cutSlash(path, options);
  return options.case === 'ignore' ? foldCase(cut) : cut;
}

function cutSlash(path: string, options: RulesetOptions): string {
  return options.trailingSlash === 'ignore' && path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** A regex is written as a path (`/p/(\d+)`, `^/p/…`) or after a literal host (`https://po.co/p/(\d+)`); `?` is regex syntax. */
function regexSource(text: string): RuleSource | Fault {
  if (text.startsWith('/') && !text.startsWith('//'))
    return { kind: 'regex', scheme: '', hostKey: '', path: text, conditions: NO_CONDITIONS };
  if (text.startsWith('^')) {
    if (text.startsWith('^/')) return { kind: 'regex', scheme: '', hostKey: '', path: text, conditions: NO_CONDITIONS };
    return {
      fault: 'invalid-regex',
      message: 'a regular expression is matched against the path, which starts with "/"',
      remedy: 'Write ^/…, or a literal host before the expression: https://po.co/(…).',
    };
  }
  const slashes = text.indexOf('//');
  const pathStart = text.indexOf('/', slashes < 0 ? 0 : slashes + 2);
  if (pathStart < 0)
    return {
      fault: 'invalid-regex',
      message: 'no path follows the host',
      remedy: 'Write the path expression after the host.',
    };
  try {
    const parts = splitUrl(text.slice(0, pathStart));
    return {
      kind: 'regex',
      scheme: parts.scheme,
      hostKey: hostKey(parts.host, parts.port),
      path: text.slice(pathStart),
      conditions: NO_CONDITIONS,
    };
  } catch (error) {
    if (error instanceof UrlError)
      return { fault: error.code, message: `the host before the expression is wrong: ${error.message}` };
    throw error;
  }
}
