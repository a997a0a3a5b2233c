import { EXIT, Failure, type Problem } from '../../domain/failure.ts';
import type { Answering } from '../../domain/state/answer.ts';
import { revisionAt } from '../../domain/state/document-index.ts';
import { formatInstant } from '../../domain/time/format-time.ts';
import { type DecidedBy, type Expectation, expectationOf } from '../../live-verify/expect.ts';
import { expectationFrom } from '../../live-verify/explained.ts';
import type { CompiledRuleset } from '../../redirects/compile.ts';
import type { RuleOrigin } from '../../redirects/rule.ts';
import { type AnswerSource, MOST_URLS, platformAnswers } from '../answers/answer-source.ts';
import { type AskedTime, instantOf, readAskedTime } from '../answers/asked-time.ts';
import { explainBatch, requireExplained } from '../answers/explain-urls.ts';
import type { Client } from '../connection.ts';
import { type RulesSourceFlags, rulesAtInstant } from '../rules-files/rules-source.ts';
import type { Surroundings } from '../surroundings.ts';
import { urlsOfRules } from './verify-order.ts';

/** What the hosts are held against. */
export interface VerifySource {
  /** The instant as RFC 3339; as it was written where it means another one in each market. */
  readonly at: string;
  /** URLs of the rules themselves; empty where only a list can say. */
  readonly urls: readonly string[];
  readonly skipped: readonly Problem[];
  expect(urls: readonly string[], onProgress: (done: number) => void): Promise<readonly Expectation[]>;
  originOf(decidedBy: DecidedBy): RuleOrigin | undefined;
}

export interface VerifySourceFlags extends RulesSourceFlags {
  readonly file?: string | undefined;
  readonly urls?: string | undefined;
}

/**
 * Rules in files, which are taken to be in force; or a document or the platform, which know what each site is at
 * the instant.
 */
export async function verifySource(
  files: readonly string[],
  flags: VerifySourceFlags,
  surroundings: Surroundings,
  open: () => Promise<Client>,
): Promise<VerifySource> {
  if (files.length > 0 && flags.file !== undefined) throw twoSources();
  if (files.length > 0) return ofRules(await rulesAtInstant(files, flags, surroundings, open));
  const asked = readAskedTime(flags.at);
  const now = surroundings.now();
  if (flags.file !== undefined) return ofDocument(flags.file, flags.ruleset, asked, surroundings);
  if (flags.ruleset === undefined && flags.urls === undefined) throw noSource();
  const client = await open();
  const named =
    flags.ruleset === undefined ? undefined : await rulesAtInstant([], flags, surroundings, async () => client);
  return explained(platformAnswers(client), asked, now, {
    urls: named === undefined || flags.urls !== undefined ? [] : urlsOfRules(named.ruleset),
    originOf: () => undefined,
  });
}

function ofRules({ ruleset, at, skipped }: Awaited<ReturnType<typeof rulesAtInstant>>): VerifySource {
  return {
    at: formatInstant(at),
    urls: urlsOfRules(ruleset),
    skipped,
    expect: async (urls) => urls.map((url) => expectationOf(ruleset, url, at)),
    originOf: ({ rule }) => (rule === null ? undefined : ruleset.originOf(rule)),
  };
}

async function ofDocument(
  file: string,
  ruleset: string | undefined,
  asked: AskedTime,
  surroundings: Surroundings,
): Promise<VerifySource> {
  const { answeringFromFile, localAnswers } = await import('../answers/local-answering.ts');
  const answering = await answeringFromFile(surroundings, file);
  const { world } = answering;
  const now = surroundings.now();
  const rulesets = rulesetsOf(world, ruleset);
  return explained(
    localAnswers(answering, () => now),
    asked,
    now,
    {
      urls: [...rulesets.values()].flatMap((compiled) => [...urlsOfRules(compiled)]),
      originOf: ({ id, rule }) =>
        rule === null ? undefined : rulesets.get(id?.split('#', 1)[0] ?? '')?.originOf(rule),
    },
  );
}

/** A document has one revision of each ruleset, whatever the instant. */
function rulesetsOf(world: Answering, only: string | undefined): ReadonlyMap<string, CompiledRuleset> {
  const { rulesets } = world.index.documents;
  if (only !== undefined && !rulesets.has(only)) throw noRuleset(only);
  const named = [...rulesets].filter(([id]) => only === undefined || id === only);
  return new Map(
    named.flatMap(([id, ruleset]) => {
      const compiled = world.compiled(id, revisionAt(ruleset, 0));
      return compiled === null ? [] : [[id, compiled] as const];
    }),
  );
}

function explained(
  source: AnswerSource,
  asked: AskedTime,
  now: number,
  { urls, originOf }: Pick<VerifySource, 'urls' | 'originOf'>,
): VerifySource {
  return {
    at: asked.kind === 'local' ? asked.text : formatInstant(instantOf(asked, now, null)),
    urls,
    skipped: [],
    async expect(wanted, onProgress) {
      const expectations: Expectation[] = [];
      for (let start = 0; start < wanted.length; start += MOST_URLS) {
        const batch = wanted.slice(start, start + MOST_URLS);
        const results = await explainBatch(source, { urls: batch, asked, reasoning: false, now });
        for (const one of requireExplained(results)) expectations.push(expectationFrom(one));
        onProgress(expectations.length);
      }
      return expectations;
    },
    originOf,
  };
}

const SOURCES = 'Name files of rules, a document with -f FILE, or a ruleset of the platform with --ruleset ID';

function twoSources(): Failure {
  return new Failure({
    code: 'input-needed',
    exit: EXIT.usage,
    message: 'Files of rules and a document were both named.',
    remedy: SOURCES,
  });
}

function noSource(): Failure {
  return new Failure({
    code: 'input-needed',
    exit: EXIT.usage,
    message: 'Against what? Nothing was named that says what the hosts are to do.',
    remedy: `${SOURCES}; with --urls FILE alone, the platform says it of any URL`,
    details: { flags: ['--file', '--ruleset', '--urls'] },
  });
}

function noRuleset(id: string): Failure {
  return new Failure({
    code: 'not-found',
    exit: EXIT.notFound,
    message: `The document has no ruleset ${id}.`,
    remedy: 'Name one of its rulesets, or leave --ruleset out for all of them.',
    details: { ruleset: id },
  });
}
