import { stripVTControlCharacters } from 'node:util';
import { CLIError } from '@oclif/core/errors';
import { EXIT, Failure } from '../../domain/failure.ts';
import { nearest } from '../../domain/nearest.ts';

/**
 * What oclif's parser threw, as a usage failure; null where it was not the parser.
 *
 * The parser's errors carry the whole command line. Nothing of that is passed on: a misplaced argument may be
 * a token, so extra words are counted and not shown, and unknown flags lose their value.
 */
export function failureOfParse(error: Error): Failure | null {
  if (!(error instanceof CLIError)) return null;
  const usage = (code: string, message: string, remedy = 'Add --help to see what it takes.', details?: unknown) =>
    new Failure({ code, exit: EXIT.usage, message, remedy, details });

  if ('flags' in error && isStrings(error.flags)) {
    const flags = error.flags.map((flag) => flag.replace(/=.*$/s, ''));
    const first = flags[0] ?? '';
    const known = knownFlags(error);
    const guess = first.startsWith('--') ? (nearest(first.slice(2), known) ?? sameIdea(first.slice(2), known)) : null;
    return usage(
      'unknown-flag',
      `Unknown flag${flags.length === 1 ? '' : 's'} ${flags.join(', ')}.${guess === null ? '' : ` Did you mean --${guess}?`}`,
      undefined,
      { flags, nearest: guess === null ? null : `--${guess}` },
    );
  }
  if ('args' in error && isStrings(error.args)) {
    const extra = error.args.length;
    const file = error.args.find(looksLikeFile);
    if (file !== undefined) {
      const meant = knownFlags(error).includes('file') ? `Did you mean -f ${file}?` : undefined;
      return usage('unexpected-argument', `${file} is an argument more than this command takes.`, meant);
    }
    return usage('unexpected-argument', `${extra} argument${extra === 1 ? '' : 's'} more than this command takes.`);
  }
  if ('args' in error && isNamed(error.args)) {
    const missing = error.args.map(({ name }) => name.toUpperCase());
    return usage('missing-argument', `Missing ${missing.join(', ')}.`, undefined, { missing });
  }
  const absent = [...error.message.matchAll(/Missing required flag (\S+)/g)].map(([, name]) => `--${name}`);
  if (absent.length > 0) return usage('missing-flag', `Missing ${absent.join(', ')}.`, undefined, { flags: absent });
  return unknownChoice(error.message) ?? usage('invalid-flag', plain(error.message));
}

/** Names under which other commands, or other programs, know what a flag of this one says. */
const IDEAS: readonly (readonly string[])[] = [
  ['ends-at', 'until', 'to', 'expires'],
  ['starts-at', 'from', 'since'],
  ['because', 'reason', 'why'],
];

function sameIdea(typed: string, known: readonly string[]): string | null {
  const names = IDEAS.filter((idea) => idea.includes(typed)).flat();
  return names.find((name) => known.includes(name)) ?? null;
}

/** No token looks like this, so it may be shown. */
function looksLikeFile(word: string): boolean {
  return /^[\w.~/-]{1,200}\.(ya?ml|json|csv)$/i.test(word);
}

/** A value that is none of the choices of a flag, or of an argument. One that is near a part of a choice means it: `freeze`, `freze`. */
function unknownChoice(message: string): Failure | null {
  const [, flag, value, list] = /^Expected (?:(--[\w-]+)=)?(.*) to be one of: (.*)$/m.exec(plain(message)) ?? [];
  if (value === undefined || list === undefined) return null;
  const choices = list.replace(/\.$/, '').split(', ');
  const parts = new Map(choices.flatMap((choice) => choice.split('-').map((part) => [part, choice] as const)));
  const guess = nearest(value, choices) ?? parts.get(nearest(value, parts.keys()) ?? '') ?? null;
  return new Failure({
    code: flag === undefined ? 'invalid-argument' : 'invalid-flag',
    exit: EXIT.usage,
    message: `${flag === undefined ? 'There' : `${flag}: there`} is no "${value}".${guess === null ? '' : ` Did you mean ${guess}?`}`,
    remedy: `It takes one of: ${choices.join(', ')}.`,
    details: { ...(flag === undefined ? {} : { flag }), choices, nearest: guess },
  });
}

/** The parser's message without its colours, its layout and its pointer to the help. */
function plain(message: string): string {
  const text = withoutParserWords(stripVTControlCharacters(message))
    .replace(/The following errors? occurred:\s*/, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

/** `Parsing --at \n\tMESSAGE\nSee more help with --help` is `--at: MESSAGE`; a message that names its flag is itself. */
export function withoutParserWords(message: string): string {
  return message
    .replace(/^Parsing (--\S+)\s+(?=\1 )/, '')
    .replace(/^Parsing (--\S+)\s*/, '$1: ')
    .replace(/\nSee more help with --help$/, '');
}

function knownFlags(error: Error): readonly string[] {
  const parse: unknown = 'parse' in error ? error.parse : undefined;
  if (typeof parse !== 'object' || parse === null || !('input' in parse)) return [];
  const { input } = parse;
  if (typeof input !== 'object' || input === null || !('flags' in input)) return [];
  return typeof input.flags === 'object' && input.flags !== null ? Object.keys(input.flags) : [];
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === 'string');
}

function isNamed(value: unknown): value is readonly { readonly name: string }[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (entry) => typeof entry === 'object' && entry !== null && 'name' in entry && typeof entry.name === 'string',
    )
  );
}
