import * as z from 'zod';
import { Address, Id, Protected, Text, Time } from './schema-atoms.ts';

/**
 * What has to be true of visitors' answers at every instant of the schedule, written down so that each plan proves it
 * anew. Four kinds: where URLs end, what nothing may take, where no rule may lead, and single answers.
 */

/**
 * URLs of one assertion. They are kept in the document itself, and so in every version of it; a log of more is what
 * `redirects coverage` is for.
 */
export const MOST_URLS = 10_000;

/** URLs of all assertions of a document together: what a plan asks for again and again. */
export const MOST_URLS_TOGETHER = 100_000;

const common = {
  from: Time.optional().describe('It has to hold from this instant; without it, always has to'),
  until: Time.optional().describe('It has to hold until this instant; without it, for ever'),
  reason: Text.optional().describe('Why, for whoever meets the failure'),
  protected: Protected,
};

const UrlList = z.array(Address).min(1).max(MOST_URLS);
const Hosts = z.array(z.string().min(1)).min(1).max(1000);
const AnswerStatus = z.literal([200, 301, 302, 303, 307, 308, 404, 410]);

const everyUrlEnds = {
  kind: z.literal('every-url-ends').describe('Every one of the URLs ends on one of the hosts, in so many redirects'),
  on: Hosts.describe('Hosts on which a visitor may end, such as www.mi.com or *.mi.com'),
  within: z.number().int().min(0).max(20).optional().describe('Redirects before the page at most; 1 unless told'),
  status: z
    .array(z.literal([301, 302, 303, 307, 308]))
    .min(1)
    .optional()
    .describe('Statuses that the redirects on the way may have; any unless told'),
  ...common,
};

const NothingCaptures = z.strictObject({
  kind: z.literal('nothing-captures').describe('No rule, fallback or shutdown takes a visitor away from these places'),
  urls: z.array(Address).max(1000).optional().describe('Hosts and base paths, such as https://poco.in/'),
  sites: z.array(Id).max(5000).optional(),
  markets: z.array(Id).max(500).optional(),
  ...common,
});

const NoTarget = z.strictObject({
  kind: z.literal('no-target').describe('No rule leads to these pages, but for those that are named'),
  targets: z.array(Address).min(1).max(1000).describe('URLs; * stands for any text, query and fragment aside'),
  except: z
    .array(Address)
    .max(MOST_URLS)
    .optional()
    .describe('Sources of rules that may, as they are written; * stands for any text'),
  fallbacks: z.boolean().optional().describe('Whether fallbacks are held to it too; they are not unless told'),
  ...common,
});

const Expected = z.strictObject({
  outcome: z.enum(['redirect', 'serve', 'gone', 'not-found']).optional(),
  status: AnswerStatus.optional(),
  location: Address.optional(),
});

const Answers = z.strictObject({
  kind: z.literal('answers').describe('What a visitor of single URLs gets'),
  expect: z
    .record(Address, Expected)
    .refine((urls) => Object.keys(urls).length <= MOST_URLS, `at most ${MOST_URLS} URLs`)
    .describe('The answer to each URL'),
  ...common,
});

/** As the platform takes and keeps it. */
export const AssertionSpec = z.discriminatedUnion('kind', [
  z.strictObject({ urls: UrlList, ...everyUrlEnds }),
  NothingCaptures,
  NoTarget,
  Answers,
]);

/** As a person writes it: a list of URLs may stand in a file beside the document. */
export const WrittenAssertionSpec = z.discriminatedUnion('kind', [
  z.strictObject({
    urls: z
      .union([Address, UrlList])
      .describe(`A file of URLs beside the document, one a line, or the URLs themselves; at most ${MOST_URLS}`),
    ...everyUrlEnds,
  }),
  NothingCaptures,
  NoTarget,
  Answers,
]);

export type AssertionSpec = z.infer<typeof AssertionSpec>;
export type AssertionKind = AssertionSpec['kind'];
export type AssertionOf<K extends AssertionKind> = Extract<AssertionSpec, { readonly kind: K }>;

/** The keys that each kind has, for suggestions. */
export const ASSERTION_KEYS: Readonly<Record<AssertionKind, readonly string[]>> = {
  'every-url-ends': ['urls', ...Object.keys(everyUrlEnds)],
  'nothing-captures': Object.keys(NothingCaptures.shape),
  'no-target': Object.keys(NoTarget.shape),
  answers: Object.keys(Answers.shape),
};

/** The keys of one expected answer. */
export const EXPECTED_KEYS: readonly string[] = Object.keys(Expected.shape);
