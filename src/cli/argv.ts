/** What a command line asks for. Ids are oclif's: `sites:list`. */
export type Request =
  | { readonly kind: 'version' }
  /** `subject` is a command or a topic; null is the program itself. */
  | { readonly kind: 'help'; readonly subject: string | null }
  | { readonly kind: 'command'; readonly id: string; readonly argv: readonly string[] }
  /** `words` end with the first that is unknown; `typed` are all of them before the first flag. */
  | { readonly kind: 'unknown'; readonly words: readonly string[]; readonly typed: readonly string[] }
  | { readonly kind: 'unknown-flag'; readonly flag: string };

/** Flags that mean the same before a command as after it: `storectl --json sites list`. */
const LEADING = new Set(['--json', '--no-input', '--quiet', '--debug', '--help', '-h', '--context']);

/**
 * Splits a command line into the command and what it is given. The longest run of words that is a command wins, so
 * that `sites list` is found and its arguments stay arguments. A topic alone asks for its help; a topic with a
 * word that is no command of it is unknown, and never taken as an argument.
 */
export function readRequest(argv: readonly string[], commandIds: readonly string[]): Request {
  const { leading, rest } = splitLeading(argv);
  const asked = rest[0] === 'help' ? rest.slice(1) : rest;
  const wantsHelp = rest[0] === 'help' || beforeDashes(argv).some((word) => word === '--help' || word === '-h');
  const firstFlag = asked.findIndex((word) => word.startsWith('-'));
  const words = firstFlag === -1 ? asked : asked.slice(0, firstFlag);

  if (words.length === 0) {
    if (beforeDashes(asked).includes('--version')) return { kind: 'version' };
    const [flag] = asked;
    return wantsHelp || flag === undefined ? { kind: 'help', subject: null } : { kind: 'unknown-flag', flag };
  }
  const { command, topic } = longestPrefixes(words, commandIds);
  const known = Math.max(command, topic);
  if (known === 0 || (topic > command && words.length > topic))
    return { kind: 'unknown', words: words.slice(0, known + 1), typed: words };
  const subject = words.slice(0, known).join(':');
  if (wantsHelp || topic > command) return { kind: 'help', subject };
  return { kind: 'command', id: subject, argv: [...asked.slice(command), ...leading] };
}

/** How many of the words make the longest command, and how many the longest topic; 0 where none does. */
function longestPrefixes(words: readonly string[], commandIds: readonly string[]): { command: number; topic: number } {
  const prefixes = words.map((_, index) => words.slice(0, index + 1).join(':'));
  return {
    command: prefixes.findLastIndex((id) => commandIds.includes(id)) + 1,
    topic: prefixes.findLastIndex((id) => commandIds.some((known) => known.startsWith(`${id}:`))) + 1,
  };
}

/** Whether the command line asks for JSON, readable even where it cannot be parsed. */
export function wantsJson(argv: readonly string[]): boolean {
  const flags = beforeDashes(argv);
  return flags.some(
    (word, index) =>
      word === '--json' || word === '--output=json' || (word === '--output' && flags[index + 1] === 'json'),
  );
}

export function hasFlag(argv: readonly string[], flag: string): boolean {
  return beforeDashes(argv).includes(flag);
}

function beforeDashes(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end === -1 ? argv : argv.slice(0, end);
}

function splitLeading(argv: readonly string[]): {
  readonly leading: readonly string[];
  readonly rest: readonly string[];
} {
  let end = 0;
  while (end < argv.length) {
    const word = argv[end] ?? '';
    if (!LEADING.has(word) && !word.startsWith('--context=')) break;
    end += word === '--context' ? 2 : 1;
  }
  return { leading: argv.slice(0, end), rest: argv.slice(end) };
}
