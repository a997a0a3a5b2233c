import { type CompiledRuleset, flagsOf, isInWindow, statusOf } from './compiled.ts';
import { loneRule, NONE } from './heads.ts';
import { type MatchResult, matchRule, plainLocation } from './match.ts';
import { SourceScan } from './plain-scan.ts';
import { FLAG } from './traits.ts';
import { parseRequestUrl } from './url.ts';

/** Longer texts go the long way. */
const LONGEST = 1024;

/** What of a rule the short way looks at. */
const ASKED = FLAG.valid | FLAG.disabled | FLAG.http | FLAG.https | FLAG.conditional | FLAG.plain | FLAG.target;
/** It asks for nothing but its path, and leads somewhere as it stands, or nowhere. */
const LEADS = FLAG.valid | FLAG.plain | FLAG.target;
const ENDS = FLAG.valid;

const ENCODER = new TextEncoder();

/**
 * Looks many URLs up that are given as texts, in one ruleset. Nearly all of them are canonical as they stand and taken
 * by an exact rule that is alone with its path: such a text is scanned like a rule's source, in one pass over its bytes,
 * and answered without taking it apart. Every other one goes the long way, to the same answers.
 */
export class UrlMatcher {
  readonly ruleset: CompiledRuleset;
  private readonly scan: SourceScan;
  private readonly bytes = new Uint8Array(LONGEST);

  constructor(ruleset: CompiledRuleset) {
    this.ruleset = ruleset;
    this.scan = new SourceScan(ruleset.options.trailingSlash === 'ignore');
  }

  /**
   * As `matchRule` of the URL that the text is, at an instant (epoch milliseconds).
   *
   * @throws UrlError where the text is no http(s) URL, or holds a control character
   */
  match(text: string, at: number): MatchResult {
    const { ruleset } = this;
    const index = this.plainRule(text, at);
    if (index < 0) return matchRule(ruleset, parseRequestUrl(text), at);
    const { queryStart } = this.scan;
    const location = plainLocation(ruleset, index, queryStart < 0 ? '' : text.slice(queryStart));
    return { kind: 'rule', index, status: statusOf(ruleset, index), location };
  }

  /** The rule, where the short way finds one; else -1. */
  private plainRule(text: string, at: number): number {
    const { ruleset, scan, bytes } = this;
    // What is not ASCII takes more bytes than it has characters, or does not fit.
    if (text.length > LONGEST || ENCODER.encodeInto(text, bytes).written !== text.length) return -1;
    if (!scan.scan(bytes, 0, text.length)) return -1;
    // Hosts are filed in canonical form, and so are paths: what is found is what the long way would ask for.
    const place = ruleset.hosts.get(text.slice(scan.hostStart, scan.hostEnd));
    const head = place?.exact.at(bytes, scan.pathStart, scan.pathEnd, scan.pathHash) ?? NONE;
    if (head >= NONE) return -1;
    const rule = loneRule(head);
    const flags = flagsOf(ruleset, rule) & ASKED;
    return (flags === LEADS || flags === ENDS) && isInWindow(ruleset, rule, at) ? rule : -1;
  }
}
