import { type CompiledRuleset, conditionsOf, kindOf, schemeOf } from '../compiled.ts';
import { parsePattern, SPLAT } from '../pattern.ts';
import { isFault } from '../rule.ts';
import { parseSource, type RuleSource } from '../source.ts';
import { basePathCovers, type SiteUrl } from '../url.ts';
import { sampleOf } from './regex-sample.ts';

/** What stands for a subdomain, and for what a visitor could put in a rule's variable parts. */
const ANY_LABEL = 'any';
const ANY_SEGMENT = 'example';

/** A rule without a host is tried on this many of its site's hosts. */
const MAX_HOSTS = 8;

/**
 * Concrete URLs that a rule's own conditions accept; whether it wins them is for the engine to say.
 *
 * @param host where a rule without a host is tried; absent: on the hosts of its site
 * @param values for the variable parts of a pattern or prefix, in order; what is missing is a word no rule names
 */
export function witnessesOf(
  ruleset: CompiledRuleset,
  index: number,
  values: readonly string[] = [],
  host?: string,
): readonly string[] {
  const rule = ruleset.rules.at(index);
  const source = rule === undefined ? undefined : parseSource(rule, ruleset.options);
  if (source === undefined || isFault(source)) return [];
  const paths = pathsOf(ruleset, index, source, values);
  const query = source.conditions.length === 0 ? '' : `?${source.conditions.join('&')}`;
  const scheme = source.scheme === '' ? 'https' : source.scheme;
  const urls: string[] = [];
  for (const path of paths) {
    const hosts = host !== undefined && source.hostKey === '' ? [host] : hostsFor(ruleset.sites, source, path);
    for (const key of hosts) urls.push(`${scheme}://${concreteHost(key)}${path}${query}`);
  }
  return urls;
}

/** The first of them, as a finding has it: absent where none is known. */
export function witnessOf(ruleset: CompiledRuleset, index: number): { readonly witness?: string } {
  const [witness] = witnessesOf(ruleset, index);
  return witness === undefined ? {} : { witness };
}

/** A URL at a host and path that a rule's index gives, with the scheme and the query that the rule asks for. */
export function placeWitness(ruleset: CompiledRuleset, index: number, key: string, path: string): string {
  const scheme = schemeOf(ruleset, index);
  const conditions = conditionsOf(ruleset, index);
  const query = conditions.length === 0 ? '' : `?${conditions.join('&')}`;
  return `${scheme === '' ? 'https' : scheme}://${concreteHost(key)}${path}${query}`;
}

/** A URL of a site that most likely no rule names. */
export function unnamedUrlOf(site: SiteUrl): string {
  return `https://${concreteHost(site.hostKey)}${site.basePath}/${ANY_SEGMENT}`;
}

export function concreteHost(hostKey: string): string {
  return hostKey.startsWith('*.') ? ANY_LABEL + hostKey.slice(1) : hostKey;
}

function hostsFor(sites: readonly SiteUrl[], source: RuleSource, path: string): readonly string[] {
  if (source.hostKey !== '') return [source.hostKey];
  const keys = sites.filter((site) => basePathCovers(site.basePath, path)).map((site) => site.hostKey);
  return [...new Set(keys)].slice(0, MAX_HOSTS);
}

function pathsOf(
  ruleset: CompiledRuleset,
  index: number,
  source: RuleSource,
  values: readonly string[],
): readonly string[] {
  switch (kindOf(ruleset, index)) {
    case 'exact':
      return [source.path];
    case 'prefix': {
      const base = source.path.endsWith('/') ? source.path.slice(0, -1) : source.path;
      return [base === '' ? '/' : base, `${base}/${values[0] ?? ANY_SEGMENT}`];
    }
    case 'pattern': {
      const pattern = parsePattern(source.path);
      if (isFault(pattern)) return [];
      const valueAt = (name: string): string | undefined => values[pattern.names.indexOf(name)];
      const segments = pattern.segments.map((segment, at) =>
        segment.kind === 'literal' ? segment.text : (valueAt(segment.name) ?? `${ANY_SEGMENT}-${at}`),
      );
      const path = `/${segments.join('/')}`;
      if (!pattern.splat) return [path];
      const base = segments.length === 0 ? '' : path;
      return [`${base}/${valueAt(SPLAT) ?? ANY_SEGMENT}`, `${base}/`];
    }
    case 'regex':
      return regexPaths(ruleset, index, source.path);
  }
}

function regexPaths(ruleset: CompiledRuleset, index: number, text: string): readonly string[] {
  const sample = sampleOf(text);
  return sample !== undefined && ruleset.regexes.get(index)?.match(sample) !== undefined ? [sample] : [];
}
