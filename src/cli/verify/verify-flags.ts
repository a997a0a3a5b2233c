import { Flags } from '@oclif/core';

export const REPORTS = ['text', 'json', 'junit'] as const;
export type Report = (typeof REPORTS)[number];

const ASK = 'ASK';

/** How hosts are asked, and which URLs of them. */
export const verifyFlags = {
  urls: Flags.string({
    summary: 'URLs to ask, one a line (- is standard input); without it, the rules’ own.',
    helpValue: 'FILE',
  }),
  resolve: Flags.string({
    summary:
      'Connect to an address before DNS moves; repeatable. HOST may be *, ADDR may have its own port; before it, http:// says that TLS ends earlier, as for `edge serve`.',
    helpValue: 'HOST:PORT:ADDR',
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: ASK,
  }),
  'first-hop': Flags.boolean({
    summary: 'Compare the first answer alone; where it leads is not asked.',
    helpGroup: ASK,
  }),
  ca: Flags.string({
    summary: 'A private authority’s certificate (PEM), trusted beside the usual ones.',
    helpValue: 'FILE',
    helpGroup: ASK,
  }),
  shard: Flags.string({ summary: 'Only this part of the URLs, for job I of N in CI.', helpValue: 'I/N' }),
  sample: Flags.integer({ summary: 'Only so many URLs.', helpValue: 'N', min: 1 }),
  seed: Flags.integer({
    summary: 'Of the sample; the same seed takes the same URLs.',
    helpValue: 'N',
    default: 1,
    min: 0,
  }),
  concurrency: Flags.integer({
    summary: 'URLs asked at once.',
    helpValue: 'N',
    default: 8,
    min: 1,
    max: 256,
    helpGroup: ASK,
  }),
  rate: Flags.string({
    summary: 'At most so many requests a second, over all hosts.',
    helpValue: 'N/s',
    helpGroup: ASK,
  }),
  retries: Flags.integer({
    summary: 'Times a request is sent again where the network fails, or for a 429 or 503.',
    helpValue: 'N',
    default: 2,
    min: 0,
    max: 10,
    helpGroup: ASK,
  }),
  timeout: Flags.integer({
    summary: 'Seconds for an answer.',
    helpValue: 'S',
    default: 10,
    min: 1,
    max: 600,
    helpGroup: ASK,
  }),
  report: Flags.option({ options: REPORTS })({ summary: 'How the report is written.', default: 'text' }),
  out: Flags.string({
    summary: 'Write the report into a file, over what is there; a summary is shown all the same.',
    helpValue: 'FILE',
  }),
};
