import { jsonText } from '../output/json.ts';
import { withoutPasswords } from '../secrets.ts';
import type { Input } from '../surroundings.ts';
import { type AnswerSource, type Explained, MOST_URLS } from './answer-source.ts';
import type { AskedTime } from './asked-time.ts';
import { explainBatch } from './explain-urls.ts';

/** A longer line is no URL that any server takes; it is cut while it is read, so that memory stays bounded. */
const LONGEST_LINE = 100_000;

/** A URL and the line it stood on, from 1. */
interface Line {
  readonly line: number;
  readonly url: string;
  readonly tooLong: boolean;
}

export interface LinesRequest {
  readonly asked: AskedTime;
  readonly now: number;
  /** One JSON array instead of a value a line. */
  readonly asArray: boolean;
}

/** What there is to say when all lines have been read. */
export interface LinesTally {
  lines: number;
  bad: number;
}

/**
 * Answers URLs, one a line, as they come: as many at once as have arrived, so that a slow source is answered
 * promptly and a fast one in batches. A line that is no URL is answered with its `problem`, and counted.
 */
export async function* explainLines(
  input: Input,
  source: AnswerSource,
  request: LinesRequest,
  tally: LinesTally,
): AsyncGenerator<string> {
  let first = true;
  let { asked } = request;
  for await (const batch of batchesOf(input)) {
    const results = await explainedLines(source, batch, { ...request, asked });
    asked = sameInstant(asked, results);
    const texts = results.map((result, i) => withoutPasswords(jsonText(lineValue(result, batch[i]?.line ?? 0))));
    tally.lines += results.length;
    tally.bad += results.filter(({ kind }) => kind === 'problem').length;
    if (!request.asArray) yield `${texts.join('\n')}\n`;
    else yield `${first ? '{"data":[' : ',\n'}${texts.join(',\n')}`;
    first = false;
  }
  if (request.asArray) yield `${first ? '{"data":[' : ''}],"warnings":[]}\n`;
}

/** `now` is one instant for all lines, however long they take: the one that the first answer is for. */
function sameInstant(asked: AskedTime, results: readonly Explained[]): AskedTime {
  if (asked.text !== 'now') return asked;
  const answered = results.find((result) => result.kind === 'explanation');
  return answered === undefined ? asked : { kind: 'common', text: answered.explanation.at };
}

async function explainedLines(
  source: AnswerSource,
  batch: readonly Line[],
  { asked, now }: LinesRequest,
): Promise<readonly Explained[]> {
  const urls = batch.filter(({ tooLong }) => !tooLong).map(({ url }) => url);
  const results = urls.length === 0 ? [] : await explainBatch(source, { urls, asked, now, reasoning: false });
  const next = results.values();
  return batch.flatMap((line) => (line.tooLong ? [longLine(line)] : (next.next().value ?? [])));
}

function longLine({ url }: Line): Explained {
  const message = `the line is longer than ${LONGEST_LINE} characters`;
  return { kind: 'problem', url: `${url.slice(0, 200)}…`, code: 'invalid-url', message };
}

function lineValue(result: Explained, line: number): unknown {
  if (result.kind === 'explanation') return result.explanation;
  return { url: result.url, line, problem: { code: result.code, message: result.message } };
}

async function* batchesOf(input: Input): AsyncGenerator<readonly Line[]> {
  let line = 0;
  let rest = '';
  const decoder = new TextDecoder();
  const take = (texts: readonly string[]): Line[] =>
    texts.flatMap((text) => {
      line += 1;
      const url = text.trim();
      return url === '' ? [] : [{ line, url, tooLong: text.length > LONGEST_LINE }];
    });
  for await (const chunk of input) {
    const texts = (rest + (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))).split('\n');
    rest = (texts.pop() ?? '').slice(0, LONGEST_LINE + 1);
    yield* inParts(take(texts));
  }
  if (rest !== '') yield* inParts(take([rest]));
}

function* inParts(lines: readonly Line[]): Generator<readonly Line[]> {
  for (let start = 0; start < lines.length; start += MOST_URLS) yield lines.slice(start, start + MOST_URLS);
}
