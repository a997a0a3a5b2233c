import { type CompiledRuleset, flagsOf } from '../compiled.ts';
import { FLAG } from '../traits.ts';
import { type Finding, findingRule, type LintRuleset } from './finding.ts';
import { witnessOf } from './witness.ts';

/** What tells whether a rule is in use and leads somewhere. */
const LIVE = FLAG.valid | FLAG.disabled | FLAG.target;

/** Names in templates have cases of their own. */
const VARIABLE = /:[A-Za-z]/;

/** Where capital letters are that usual, they tell pages apart. */
const MOST_CAPITALS = 50_000;
/** Characters at the end of a target by which its like are found before their text is made. */
const HASHED_END = 12;
/** Rules of one finding that are named; its message counts them all. */
const SHOWN_RULES = 10;

/** An address inside a path. What a web archive or a proxy keeps there comes after a segment that says so. */
const NESTED = /\/https?:\//i;
const KEPT_ON_PURPOSE = /\/(?:\d{4,14}[a-z_]*|\*|save|url|proxy)$/i;

/** Slips in the paths of targets: one address pasted after another, empty segments, a page that is spelt in two ways. */
export function findTargetSlips(ruleset: LintRuleset): Finding[] {
  const { compiled } = ruleset;
  const { targets, rules } = compiled;
  const findings: Finding[] = [];
  const capitals = new Map<string, number>();
  for (let index = 0; index < rules.length; index++) {
    if (!leads(compiled, index) || !targets.hasOddPath(index)) continue;
    const target = targets.at(index) ?? '';
    const { origin, path } = partsOf(target);
    const slip = slipOf(origin, path);
    if (slip !== undefined)
      findings.push({ ...slip, rules: [findingRule(ruleset, index)], ...witnessOf(compiled, index) });
    if (capitals.size < MOST_CAPITALS && /[A-Z]/.test(path) && !VARIABLE.test(path))
      capitals.set(pageOf(target), index);
  }
  return [...findings, ...findTwins(ruleset, capitals)];
}

function slipOf(origin: string, path: string): Pick<Finding, 'code' | 'severity' | 'message'> | undefined {
  const nested = NESTED.exec(path);
  if (nested !== null) {
    if (KEPT_ON_PURPOSE.test(path.slice(0, nested.index))) return undefined;
    const meant = path.slice(nested.index + 1);
    return {
      code: 'nested-url',
      severity: 'warning',
      message: `the target has a second address in its path; lead to ${meant} if that is meant, and not to ${origin}${path}`,
    };
  }
  const empty = path.indexOf('//');
  if (empty < 0) return undefined;
  return {
    code: 'empty-segment',
    severity: 'info',
    message: `the target has "//" in its path, which many servers take for another page: ${origin}${path}`,
  };
}

/** Targets of one path in several spellings: servers for which case counts have a page at one of them. */
function findTwins(ruleset: LintRuleset, capitals: ReadonlyMap<string, number>): readonly Finding[] {
  if (capitals.size === 0) return [];
  const { compiled } = ruleset;
  const { targets, rules } = compiled;
  const ends = new Set([...capitals.values()].map((index) => targets.hashOfEnd(index, HASHED_END)));
  const pages = new Map<string, Map<string, number[]>>();
  for (let index = 0; index < rules.length; index++) {
    if (!leads(compiled, index) || !ends.has(targets.hashOfEnd(index, HASHED_END))) continue;
    const target = targets.at(index) ?? '';
    const page = pageOf(target);
    if (!capitals.has(page)) continue;
    const spellings = pages.get(page) ?? new Map<string, number[]>();
    pages.set(page, spellings);
    const same = spellings.get(target);
    if (same === undefined) spellings.set(target, [index]);
    else same.push(index);
  }
  return [...pages.values()].flatMap((spellings) => (spellings.size > 1 ? [twinFinding(ruleset, spellings)] : []));
}

/** What most rules lead to comes last: it is the likeliest to be right. */
function twinFinding(ruleset: LintRuleset, spellings: ReadonlyMap<string, readonly number[]>): Finding {
  const ordered = [...spellings].sort(([, a], [, b]) => a.length - b.length);
  const counted = ordered.map(([target, { length }]) => `${target} (${length === 1 ? '1 rule' : `${length} rules`})`);
  const [first = 0] = ordered[0]?.[1] ?? [];
  const shown = ordered.flatMap(([, rules]) => rules.slice(0, Math.ceil(SHOWN_RULES / ordered.length)));
  return {
    code: 'target-case-twins',
    severity: 'info',
    message: `targets that differ only by case, of which only one is a page where case counts: ${counted.join(' and ')}`,
    rules: shown.slice(0, SHOWN_RULES).map((index) => findingRule(ruleset, index)),
    ...witnessOf(ruleset.compiled, first),
  };
}

const leads = (compiled: CompiledRuleset, index: number): boolean =>
  (flagsOf(compiled, index) & LIVE) === (FLAG.valid | FLAG.target);

/** A canonical target with its path in lower case; hosts are in lower case already, and the case of a query counts. */
function pageOf(target: string): string {
  const { origin, path, rest } = partsOf(target);
  return `${origin}${path.toLowerCase()}${rest}`;
}

function partsOf(target: string): { readonly origin: string; readonly path: string; readonly rest: string } {
  const slash = target.startsWith('/') ? 0 : target.indexOf('/', target.indexOf('://') + 3);
  const end = target.search(/[?#]/);
  const start = slash < 0 ? target.length : slash;
  const stop = end < 0 ? target.length : end;
  return { origin: target.slice(0, start), path: target.slice(start, stop), rest: target.slice(stop) };
}
