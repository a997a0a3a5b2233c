import type { z } from 'zod';
import type { Problem } from '../failure.ts';
import { nearest } from '../nearest.ts';
import { ASSERTION_KEYS } from './assertion-schema.ts';
import { knownKeysAt } from './known-keys.ts';
import { type DocumentPath, pointerOf } from './pointer.ts';
import { DOCUMENT_SECTIONS, RESERVED_SECTIONS } from './sections.ts';

type Issue = z.core.$ZodIssue;

/**
 * Turns a schema's issues into problems that a person can act on: by place, with the nearest known key, and without
 * the branches of a union that were never meant.
 */
export function problemsOfIssues(issues: readonly Issue[], content: unknown, base: DocumentPath = []): Problem[] {
  return issues.flatMap((issue) => problemsOfIssue(issue, content, base));
}

function problemsOfIssue(issue: Issue, content: unknown, base: DocumentPath): Problem[] {
  const path = [...base, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key, valueAt(content, path.slice(base.length))));
    case 'invalid_union':
      return problemsOfUnion(issue, valueAt(content, path.slice(base.length)), path);
    case 'invalid_key':
      return issue.issues.map((inner) => fault(path, `\`${String(path.at(-1))}\` is no id: ${inner.message}`));
    case 'invalid_type':
      return [wrongType(path, issue.expected, valueAt(content, path.slice(base.length)))];
    case 'invalid_value':
      return [wrongValue(path, issue.values, valueAt(content, path.slice(base.length)))];
    case 'too_small':
    case 'too_big':
      return [wrongSize(path, issue)];
    default:
      return [fault(path, `${spell(path)}: ${issue.message}`)];
  }
}

/** Of a union's branches, the one that got furthest is the one that was meant. */
function problemsOfUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  found: unknown,
  path: DocumentPath,
): Problem[] {
  if (issue.errors.length === 0 && 'discriminator' in issue) return [unknownKind(found, path)];
  const branches = issue.errors.filter((branch) => !branch.every(isTopMismatch));
  const meant = branches.toSorted((a, b) => a.length - b.length)[0];
  if (meant !== undefined) return problemsOfIssues(meant, found, path);
  const forms = issue.errors.flatMap((branch) => branch.map(formOf));
  return [fault(path, `${spell(path)} is ${shown(found)}; it must be ${listed([...new Set(forms)])}`)];
}

/** Of a union whose entries say their kind: what it says is none. */
function unknownKind(found: unknown, path: DocumentPath): Problem {
  const kinds = Object.keys(ASSERTION_KEYS);
  // The path ends with the key that says it.
  const said = typeof found === 'object' && found !== null ? valueAt(found, ['kind']) : found;
  return wrongValue(path.at(-1) === 'kind' ? path : [...path, 'kind'], kinds, said);
}

function isTopMismatch(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function formOf(issue: Issue): string {
  if (issue.code === 'invalid_value') return listed(issue.values.map(shown));
  if (issue.code === 'invalid_type') return TYPE_NAMES[issue.expected] ?? issue.expected;
  return issue.message;
}

/** @param entry the map in which it stands */
function unknownKey(path: DocumentPath, key: string, entry: unknown): Problem {
  const place = { pointer: pointerOf([...path, key]) };
  if (path.length === 0 && RESERVED_SECTIONS.some((name) => name === key)) {
    return {
      code: 'unsupported-section',
      severity: 'error',
      message: `this version does not manage \`${key}\` yet`,
      remedy: `take the section out; the ones it manages are ${DOCUMENT_SECTIONS.join(', ')}`,
      place,
    };
  }
  const known = knownKeysAt(path, entry);
  if (known.includes(key)) return doesNotGo(path, key);
  const suggestion = nearest(key, known);
  const remedy =
    key === '<<'
      ? 'YAML 1.2 has no merge keys: write the keys out'
      : suggestion === null
        ? `known keys are ${known.join(', ')}`
        : `did you mean \`${suggestion}\`?`;
  return {
    code: 'unknown-key',
    severity: 'error',
    message: `unknown key \`${key}\`${path.length === 0 ? '' : ` in ${spell(path)}`}`,
    ...(known.length === 0 ? {} : { remedy }),
    place,
  };
}

/** A key of one form of a map, in the other: a fallback that is gone and has a target. */
function doesNotGo(path: DocumentPath, key: string): Problem {
  return fault(
    [...path, key],
    `\`${key}\` does not go with the rest of ${spell(path)}`,
    'take it out, or change the rest',
  );
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map',
  record: 'a map',
  array: 'a list',
};

function wrongType(path: DocumentPath, expected: string, found: unknown): Problem {
  const form = TYPE_NAMES[expected] ?? expected;
  if (found === undefined) return fault(path, `${spell(path.slice(0, -1))} lacks \`${String(path.at(-1))}\`: ${form}`);
  return fault(path, `${spell(path)} is ${shown(found)}; it must be ${form}`, remedyForType(expected, found));
}

/** YAML 1.1 read `yes` and `off` as flags, and people still write them. */
const OLD_FLAGS: Readonly<Record<string, boolean>> = { yes: true, on: true, no: false, off: false };

function remedyForType(expected: string, found: unknown): string | undefined {
  if (expected === 'string' && (typeof found === 'number' || typeof found === 'boolean')) return 'put it in quotes';
  if (expected === 'boolean' && typeof found === 'string') {
    const meant = OLD_FLAGS[found.toLowerCase()];
    return meant === undefined ? undefined : `write ${meant}`;
  }
  if (found === null && (expected === 'record' || expected === 'array')) {
    return `write ${expected === 'record' ? '{}' : '[]'} for none, or take the key out`;
  }
  return undefined;
}

function wrongValue(path: DocumentPath, values: readonly unknown[], found: unknown): Problem {
  const message = `${spell(path)} is ${shown(found)}; it must be ${listed(values.map(shown))}`;
  if (typeof found !== 'string') return fault(path, message);
  if (values.some((value) => typeof value !== 'string' && String(value) === found)) {
    return fault(path, `${spell(path)} is a text; it must be ${listed(values.map(shown))}`, 'write it without quotes');
  }
  const suggestion = nearest(found, values.map(String));
  return fault(path, message, suggestion === null ? undefined : `did you mean \`${suggestion}\`?`);
}

function wrongSize(path: DocumentPath, issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): Problem {
  const small = issue.code === 'too_small';
  const bound = Number(small ? issue.minimum : issue.maximum);
  const unit = issue.origin === 'string' ? 'character' : issue.origin === 'array' ? 'item' : null;
  if (small && bound === 1 && unit !== null) return fault(path, `${spell(path)} is empty`, 'write at least one');
  const limit = `${small ? 'at least' : 'at most'} ${bound}`;
  if (unit === null) return fault(path, `${spell(path)} must be ${limit}`);
  return fault(path, `${spell(path)} must have ${limit} ${unit}${bound === 1 ? '' : 's'}`);
}

function fault(path: DocumentPath, message: string, remedy?: string): Problem {
  return {
    code: 'invalid-document',
    severity: 'error',
    message,
    ...(remedy === undefined ? {} : { remedy }),
    place: { pointer: pointerOf(path) },
  };
}

/** `sites.poco-gb.urls[0]`: how people say a path. */
function spell(path: DocumentPath): string {
  if (path.length === 0) return 'the document';
  return `\`${path.map((step, i) => (/^\d+$/.test(String(step)) && i > 1 ? `[${step}]` : i === 0 ? step : `.${step}`)).join('')}\``;
}

function valueAt(content: unknown, path: DocumentPath): unknown {
  let value = content;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[String(step)];
  }
  return value;
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  const text = String(value);
  return `\`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
