import { MOST_URLS } from '../../domain/document/assertion-schema.ts';
import { Failure, type Place, type Problem } from '../../domain/failure.ts';
import type { Surroundings } from '../surroundings.ts';
import { readText } from './read-text.ts';

/** The URLs of a file that an assertion names, and the line of each. */
export interface LoadedUrls {
  readonly file: string;
  readonly urls: readonly string[];
  /** From 1. */
  readonly lines: readonly number[];
  readonly problems: readonly Problem[];
}

/** So many URLs of the longest kind. */
const LARGEST_URLS_FILE = 64 * 1024 * 1024;

/**
 * Reads a file of URLs: the first word of each line. Empty lines and those that begin with `#` are left out. A file
 * that cannot be read, is empty or has too many is a problem where it was named.
 */
export async function loadUrlsFile(surroundings: Surroundings, file: string, namedAt: Place): Promise<LoadedUrls> {
  const unusable = (problem: Omit<Problem, 'severity' | 'place'>): LoadedUrls => ({
    file,
    urls: [],
    lines: [],
    problems: [{ severity: 'error', ...problem, place: namedAt }],
  });
  let text: string;
  try {
    ({ text } = await readText(surroundings, file, { what: 'file of URLs', limit: LARGEST_URLS_FILE }));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, message, remedy } = error;
    return unusable({ code, message, ...(remedy === undefined ? {} : { remedy }) });
  }
  const found = text.split(/\r\n|\n|\r/).flatMap((line, index) => {
    const [url = ''] = line.trim().split(/\s/, 1);
    return url === '' || url.startsWith('#') ? [] : [{ url, line: index + 1 }];
  });
  if (found.length === 0) {
    return unusable({ code: 'empty-list', message: `${file} holds no URL`, remedy: 'write one a line' });
  }
  if (found.length > MOST_URLS) {
    return unusable({
      code: 'too-many-urls',
      message: `${file} holds ${found.length} URLs, and an assertion has at most ${MOST_URLS}`,
      remedy: 'keep those that matter, or spread them over several assertions',
    });
  }
  return { file, urls: found.map(({ url }) => url), lines: found.map(({ line }) => line), problems: [] };
}
