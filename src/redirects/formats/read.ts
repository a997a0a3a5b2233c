import { bulkLines } from './cloudflare-bulk.ts';
import { csvLines } from './csv.ts';
import type { RuleFormat } from './format.ts';
import type { HeaderMap } from './header-map.ts';
import { collectLines, type LineProblemCode, type RuleLine, type RulesText } from './line.ts';
import { ndjsonLines } from './ndjson.ts';
import { redirectsLines } from './redirects-file.ts';

/** The rules of a text, line by line, with every line that is none. Nothing is thrown. */
export function ruleLines(text: string | Iterable<string>, format: RuleFormat, map?: HeaderMap): Iterable<RuleLine> {
  switch (format) {
    case 'csv':
      return csvLines(text, map);
    case 'ndjson':
      return ndjsonLines(text, map);
    case 'netlify':
    case 'cloudflare':
      return redirectsLines(text, format);
    case 'cloudflare-bulk':
      return bulkLines(text);
  }
}

export interface ReadRules {
  readonly format: RuleFormat;
  readonly file?: string;
  readonly map?: HeaderMap;
}

/** All rules of a text, and all lines that are none. */
export function readRules(text: string | Iterable<string>, { format, file, map }: ReadRules): RulesText {
  return collectLines(ruleLines(text, format, map), problemCode(format), file);
}

/** What a line that gives no rule is called. */
export function problemCode(format: RuleFormat): LineProblemCode {
  switch (format) {
    case 'csv':
    case 'cloudflare-bulk':
      return 'invalid-csv';
    case 'ndjson':
      return 'invalid-ndjson';
    case 'netlify':
    case 'cloudflare':
      return 'invalid-redirects';
  }
}
