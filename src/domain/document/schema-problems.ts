import type { z } from 'zod';
import type { Problem } from '../failure.ts';
import { nearest } from '../nearest.ts';
import { type DocumentPath, pointerOf } from './pointer.ts';
import { DOCUMENT_KEYS, RuleSpec, STORED_SPEC } from './schema.ts';
import { RESERVED_SECTIONS, SECTIONS, type Section } from './sections.ts';

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
      return issue.keys.map((key) => unknownKey(path, key));
    case 'invalid_union':
      return problemsOfUnion(issue, valueAt(content, path.slice(base.length)), path);
    case 'invalid_key':
      return issue.issues.map((inner) => fault(path, `\`${String(path.at(-1))}\` is no id: ${inner.message}`));
    case 'invalid_type':
      return [wrongType(path, issue.expected, valueAt(content, path.slice(base.length)))];
    case 'invalid_value': {
      const found = valueAt(content, path.slice(base.length));
      return [
        fault(
          path,
          `${spell(path)} is ${shown(found)}; it must be ${listed(issue.values.map(shown))}`,
          guess(found, issue.values),
        ),
      ];
    }
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
  const branches = issue.errors.filter((branch) => !branch.every(isTopMismatch));
  const meant = branches.toSorted((a, b) => a.length - b.length)[0];
  if (meant !== undefined) return problemsOfIssues(meant, found, path);
  const forms = issue.errors.flatMap((branch) => branch.map(formOf));
  return [fault(path, `${spell(path)} is ${shown(found)}; it must be ${listed([...new Set(forms)])}`)];
}

function isTopMismatch(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function formOf(issue: Issue): string {
  if (issue.code === 'invalid_value') return listed(issue.values.map(shown));
  if (issue.code === 'invalid_type') return TYPE_NAMES[issue.expected] ?? issue.expected;
  return issue.message;
}

function unknownKey(path: DocumentPath, key: string): Problem {
  const place = { pointer: pointerOf([...path, key]) };
  if (path.length === 0 && RESERVED_SECTIONS.some((name) => name === key)) {
    return {
      code: 'unsupported-section',
      severity: 'error',
      message: `this version does not manage \`${key}\` yet`,
      remedy: `take the section out; the ones it manages are ${SECTIONS.join(', ')}`,
      place,
    };
  }
  const known = knownKeysAt(path);
  const suggestion = nearest(key, known);
  return {
    code: 'unknown-key',
    severity: 'error',
    message: `unknown key \`${key}\`${path.length === 0 ? '' : ` in ${spell(path)}`}`,
    remedy: suggestion === null ? `known keys are ${known.join(', ')}` : `did you mean \`${suggestion}\`?`,
    place,
  };
}

/** Which keys a map at this path may have. */
function knownKeysAt(path: DocumentPath): readonly string[] {
  const [section, , key, ...rest] = path;
  if (section === undefined) return DOCUMENT_KEYS;
  if (!isSection(section)) return [];
  if (key === undefined) return Object.keys(STORED_SPEC[section].shape);
  if (key === 'rules') return rest.at(-1) === 'window' ? ['from', 'until'] : Object.keys(RuleSpec.shape);
  if (key === 'fallback') return ['to', 'status'];
  if (key === 'query') return ['significant'];
  return [];
}

function isSection(name: string | number): name is Section {
  return SECTIONS.some((section) => section === name);
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
  const quote = expected === 'string' && (typeof found === 'number' || typeof found === 'boolean');
  return fault(
    path,
    `${spell(path)} is ${shown(found)}; it must be ${form}`,
    quote ? `put it in quotes: "${String(found)}"` : undefined,
  );
}

function guess(found: unknown, values: readonly unknown[]): string | undefined {
  const suggestion = typeof found === 'string' ? nearest(found, values.map(String)) : null;
  return suggestion === null ? undefined : `did you mean \`${suggestion}\`?`;
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
