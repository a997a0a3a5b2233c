import { nearest } from '../domain/nearest.ts';

/** What other tools call it, and what it is here; the first that there is counts. Verbs after a topic. */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  ls: ['list'],
  all: ['list'],
  get: ['show'],
  describe: ['show'],
  view: ['show'],
  info: ['show'],
  create: ['add', 'create', 'schedule', 'grant'],
  new: ['add', 'create', 'schedule', 'grant'],
  add: ['schedule', 'grant', 'create'],
  schedule: ['add'],
  grant: ['add'],
  edit: ['change'],
  update: ['change'],
  modify: ['change'],
  set: ['change', 'use'],
  move: ['change'],
  postpone: ['change'],
  rm: ['remove', 'revoke'],
  del: ['remove', 'revoke'],
  delete: ['remove', 'revoke'],
  revoke: ['remove'],
  cancel: ['remove'],
  check: ['verify', 'lint'],
  validate: ['lint', 'verify'],
  select: ['use'],
  switch: ['use'],
  start: ['serve'],
  run: ['serve'],
  upload: ['import'],
  load: ['import'],
  download: ['export'],
  save: ['export'],
  compare: ['diff'],
};

/** The same of a first word: a topic or a whole command. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  version: ['--version'],
  login: ['contexts add'],
  signin: ['contexts add'],
  auth: ['contexts add'],
  logout: ['contexts remove'],
  whoami: ['doctor'],
  config: ['contexts'],
  profile: ['contexts'],
  env: ['contexts'],
  environment: ['contexts'],
  target: ['contexts'],
  rule: ['redirects'],
  rules: ['redirects'],
  ruleset: ['redirects'],
  rulesets: ['redirects'],
  token: ['platform token'],
  tokens: ['platform token'],
  serve: ['platform serve'],
  server: ['platform serve'],
  exemption: ['exceptions'],
  freeze: ['freeze-windows'],
  freezes: ['freeze-windows'],
  brand: ['sites'],
  store: ['sites'],
  storefront: ['sites'],
  country: ['markets'],
  countries: ['markets'],
  closing: ['shutdowns'],
  closure: ['shutdowns'],
  diff: ['plan'],
  preview: ['plan'],
  check: ['validate'],
  deploy: ['apply'],
  push: ['apply'],
  up: ['apply'],
  pull: ['export'],
  dump: ['export'],
  undo: ['rollback'],
  revert: ['rollback'],
  restore: ['rollback'],
  history: ['changes list'],
  log: ['changes list'],
  audit: ['changes list'],
  show: ['status'],
  state: ['status'],
  list: ['status'],
  ls: ['status'],
  why: ['explain'],
  resolve: ['explain'],
  trace: ['explain'],
  calendar: ['timeline'],
  schedule: ['timeline'],
  new: ['init'],
  create: ['init'],
  completion: ['autocomplete'],
  completions: ['autocomplete'],
  health: ['doctor'],
  lint: ['redirects lint'],
  import: ['redirects import'],
  convert: ['redirects convert'],
  coverage: ['redirects coverage'],
  verify: ['redirects verify'],
  prove: ['redirects prove'],
};

/**
 * The command that somebody most likely means by words that are none: by what other tools call it, then by how it is
 * spelt; null where nothing is near.
 *
 * @param words all that was typed before the first flag; some of them may be arguments
 * @param commands every command's words: `sites list`
 */
export function guessCommand(words: readonly string[], commands: readonly string[]): string | null {
  const topics = topicsOf(commands);
  const exists = (name: string) => name === '--version' || commands.includes(name) || topics.has(name);
  const known = longestTopic(words, topics);
  if (known > 0) return guessVerb(words.slice(0, known).join(' '), words[known] ?? '', commands);

  const first = (words[0] ?? '').toLowerCase();
  const meant = (Object.hasOwn(WORDS, first) ? (WORDS[first] ?? []) : []).find(exists);
  const singles = [...new Set(commands.map((command) => command.split(' ', 1)[0] ?? command))];
  const guess = meant ?? nearest(first, singles) ?? nearest(words.join(' '), commands);
  const second = words[1];
  if (guess === null || second === undefined || !topics.has(guess)) return guess;
  return commands.includes(`${guess} ${second}`) ? `${guess} ${second}` : (guessVerb(guess, second, commands) ?? guess);
}

/** What a word after a topic means, as the whole command; null where nothing of the topic is near. */
function guessVerb(topic: string, word: string, commands: readonly string[]): string | null {
  const verbs = commands.filter((own) => own.startsWith(`${topic} `)).map((own) => own.slice(topic.length + 1));
  const typed = word.toLowerCase();
  const meant = (Object.hasOwn(VERBS, typed) ? (VERBS[typed] ?? []) : []).find((verb) => verbs.includes(verb));
  // A topic below this one counts as well: `platform token`.
  const verb = meant ?? nearest(typed, [...verbs, ...verbs.map((own) => own.split(' ', 1)[0] ?? own)]);
  return verb === null ? null : `${topic} ${verb}`;
}

function topicsOf(commands: readonly string[]): ReadonlySet<string> {
  return new Set(
    commands.flatMap((command) => {
      const words = command.split(' ');
      return words.slice(1).map((_, index) => words.slice(0, index + 1).join(' '));
    }),
  );
}

/** How many of the words make the longest topic. */
function longestTopic(words: readonly string[], topics: ReadonlySet<string>): number {
  return words.map((_, index) => words.slice(0, index + 1).join(' ')).findLastIndex((name) => topics.has(name)) + 1;
}
