import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { govukFolder, govukIsPresent } from '../../scripts/govuk-corpus.ts';
import { compileRuleset } from '../../src/redirects/compile.ts';
import { readRulesCsv } from '../../src/redirects/formats/csv.ts';
import type { RulesText } from '../../src/redirects/formats/line.ts';
import type { LintRuleset } from '../../src/redirects/lint/index.ts';
import type { RedirectRule, RulesetOptions } from '../../src/redirects/rule.ts';
import { parseRequestUrl, UrlError } from '../../src/redirects/url.ts';
import { OPTIONS, resolveTime } from './compile-rules.ts';

export interface MappedSite extends LintRuleset {
  readonly csv: RulesText;
}

/** The mappings of some 200 sites that moved into GOV.UK in 2013; what they asked for in a query was dropped. */
export function mappedSites(more: Partial<RulesetOptions> = {}): readonly MappedSite[] {
  return filesOf('mappings', '.csv').map((name) => {
    const csv = readRulesCsv(readFileSync(`${govukFolder}/mappings/${name}`, 'utf8'), name);
    const compiled = compileRuleset({
      rules: csv.rules,
      options: { ...OPTIONS, query: 'drop', case: 'ignore', ...more },
      siteUrls: hostsOf(csv.rules),
      resolveTime,
      origins: (index) => ({ file: name, line: csv.lines[index] ?? 0 }),
    });
    return { id: name, csv, compiled };
  });
}

/** Later sites that moved as a whole: all of their hosts to one page, to the same path elsewhere, or gone. */
export function wholeSites(): readonly LintRuleset[] {
  return filesOf('transition-sites', '.yml').flatMap((name) => {
    const site: unknown = parse(readFileSync(`${govukFolder}/transition-sites/${name}`, 'utf8'), { uniqueKeys: false });
    if (typeof site !== 'object' || site === null || !('global' in site) || !('host' in site)) return [];
    const [, status = '', to = ''] = /^=(\d{3})\s*(\S*)$/.exec(String(site.global)) ?? [];
    const aliases = 'aliases' in site && Array.isArray(site.aliases) ? site.aliases.map(String) : [];
    const appends = 'global_redirect_append_path' in site && site.global_redirect_append_path === true;
    const rules: readonly RedirectRule[] =
      status === '410'
        ? [{ from: '/*', status: 410 }]
        : [
            appends
              ? { from: '/', to, status: Number(status), match: 'prefix' }
              : { from: '/*', to, status: Number(status) },
          ];
    const hosts = [String(site.host), ...aliases];
    const compiled = compileRuleset({
      rules,
      options: OPTIONS,
      siteUrls: hosts.map((host) => `https://${host}/`),
      resolveTime,
      origins: () => ({ file: name, line: 1 }),
    });
    return [{ id: name, compiled }];
  });
}

function filesOf(folder: string, ending: string): readonly string[] {
  if (!govukIsPresent) return [];
  return readdirSync(`${govukFolder}/${folder}`).filter((name) => name.endsWith(ending));
}

function hostsOf(rules: readonly RedirectRule[]): string[] {
  const hosts = new Set<string>();
  for (const { from } of rules) {
    try {
      hosts.add(`https://${parseRequestUrl(from).hostKey}/`);
    } catch (error) {
      if (!(error instanceof UrlError)) throw error;
    }
  }
  return [...hosts];
}
