import type { SkuContents } from '../../domain/catalogs/contents.ts';
import { checkDocuments } from '../../domain/document/check-documents.ts';
import { hasErrors } from '../../domain/document/fault-list.ts';
import { emptyDocuments, type RulesetRevision } from '../../domain/document/resources.ts';
import { NO_RULES } from '../../domain/document/rule-lines.ts';
import { specsOfDocument } from '../../domain/document/specs.ts';
import { Failure } from '../../domain/failure.ts';
import { withListingTimes } from '../../domain/plan/window-times.ts';
import type { Answering } from '../../domain/state/answer.ts';
import { compileRevisionSteps } from '../../domain/state/compile-revision.ts';
import { indexDocuments, revisionAt } from '../../domain/state/document-index.ts';
import { explainUrl } from '../../domain/state/explain.ts';
import { lanesOf } from '../../domain/state/lanes.ts';
import { launchesInBrief } from '../../domain/state/market-status.ts';
import { stateAt } from '../../domain/state/state-at.ts';
import { timelineOf } from '../../domain/state/timeline.ts';
import { standingWarnings } from '../../domain/state/warnings.ts';
import { createTimeResolver } from '../../domain/time/time-resolver.ts';
import type { CompiledRuleset } from '../../redirects/compile.ts';
import { atOnce, type Steps } from '../../redirects/steps.ts';
import { placed, requireDocument, wrongDocument } from '../document/load-document.ts';
import type { LoadedRules } from '../document/load-rules.ts';
import { offerContents } from '../document/offer-contents.ts';
import type { Surroundings } from '../surroundings.ts';
import { giveWay, inTurns } from '../turns.ts';
import type { AnswerSource, AskedInstant, Explained } from './answer-source.ts';
import { TZDB } from './asked-time.ts';
import { localAvailability, localMarketStatus } from './local-offers.ts';

/** A document, ready to answer from, and the files it was read from. */
export interface DocumentAnswering {
  readonly world: Answering;
  /** Products and listings. */
  readonly contents: SkuContents;
  /** From the working folder, the document first. */
  readonly files: readonly string[];
  /** Compiles what is in force at an instant (epoch milliseconds) ahead of the first question, and gives way meanwhile. */
  prepare(at: number): Promise<void>;
}

/**
 * What would be true if a document were applied to a platform that has nothing else. Rulesets are compiled when they
 * are first needed.
 *
 * @param file as it was named; `-` is standard input
 * @throws Failure `unreadable-file` or `invalid-document`
 */
export async function answeringFromFile(surroundings: Surroundings, file: string): Promise<DocumentAnswering> {
  const loaded = await requireDocument(surroundings, file);
  await giveWay();
  const resolver = createTimeResolver(TZDB);
  const { specs, managed } = specsOfDocument(loaded.document);
  const { documents, problems } = checkDocuments(specs, { tzdb: TZDB, known: managed, resolver });
  if (hasErrors(problems)) throw wrongDocument(loaded.file, placed(problems, loaded));
  const contents = offerContents(loaded.offer);
  const timed = withListingTimes(documents, emptyDocuments(), contents, resolver);
  const compiled = new Map<string, CompiledRuleset>();
  const steps = (ruleset: string, revision: RulesetRevision): Steps<CompiledRuleset> => {
    const isEmpty = revision.spec.rules.content === NO_RULES.content;
    const { rules, origins } = (isEmpty ? undefined : loaded.rulesByRuleset.get(ruleset)) ?? NOTHING_LOADED;
    return compileRevisionSteps(documents, revision, rules, resolver, origins);
  };
  const world: Answering = {
    index: indexDocuments(timed),
    compiled(ruleset, revision) {
      const key = keyOf(ruleset, revision);
      const known = compiled.get(key);
      if (known !== undefined) return known;
      const made = atOnce(steps(ruleset, revision));
      compiled.set(key, made);
      return made;
    },
  };
  const prepare = async (at: number): Promise<void> => {
    for (const ruleset of documents.rulesets.values()) {
      const revision = revisionAt(ruleset, at);
      compiled.set(keyOf(ruleset.id, revision), await inTurns(steps(ruleset.id, revision)));
    }
  };
  const rulesFiles = [...loaded.rulesByRuleset.values()].flatMap(({ origins }) => origins(0)?.file ?? []);
  return { world, contents, files: [...new Set([file, ...rulesFiles])], prepare };
}

const keyOf = (ruleset: string, { revision }: RulesetRevision): string => `${ruleset} ${revision}`;

const NOTHING_LOADED: LoadedRules = { rules: [], origins: () => undefined };

/** Answers from documents in this process. */
export function localAnswers(
  { world, contents }: Pick<DocumentAnswering, 'world' | 'contents'>,
  now: () => number,
): AnswerSource {
  const { index } = world;
  const { documents } = index;
  const instant = (at: AskedInstant): number => (at === 'now' ? now() : at);
  const standing = () => ({
    zones: Object.fromEntries([...documents.markets].map(([id, { spec }]) => [id, spec.timeZone])),
    warnings: [...standingWarnings(documents, now(), TZDB)],
  });
  return {
    async explain(urls, at, reasoning) {
      const asked = instant(at);
      return urls.map((url) => explained(world, url, asked, reasoning));
    },
    async status(at) {
      const asked = instant(at);
      return {
        at: asked,
        sites: [...stateAt(index, asked).sites.values()],
        launches: [...launchesInBrief(documents, asked)],
        ...standing(),
      };
    },
    async timeline(from, to) {
      const events = timelineOf(index, from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY);
      const lanes = lanesOf(index).map((lane) => ({ ...lane, stretches: [...lane.stretches] }));
      return { from, to, now: now(), events: [...events], lanes, ...standing() };
    },
    async availability(market, sku, asked) {
      return localAvailability(index, contents, { market, sku, asked }, now());
    },
    async marketStatus(market, asked) {
      return localMarketStatus(index, contents, market, asked, now());
    },
  };
}

function explained(world: Answering, url: string, at: number, reasoning: boolean): Explained {
  try {
    return { kind: 'explanation', explanation: explainUrl(world, url, at, { reasoning }) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { kind: 'problem', url, code: error.code, message: error.message };
  }
}
