import { readRulesCsv } from '../src/redirects/formats/csv.ts';
import { writeRulesCsv } from '../src/redirects/formats/csv-write.ts';
import type { RedirectRule } from '../src/redirects/rule.ts';
import type { Corpus, CorpusSite, WholeSite } from './govuk-corpus.ts';

/** A document as `storectl` reads it, and the files of rules beside it. */
export interface GovukDocument {
  readonly document: Readonly<Record<string, unknown>>;
  /** By path from the document. */
  readonly files: ReadonlyMap<string, string>;
  /** How many mappings are in `undecided.csv`, and not in force: what they lead to had not been decided. */
  readonly undecided: number;
  /** What the document does not say, in words. */
  readonly leftOut: readonly string[];
}

interface MovingSite {
  readonly id: string;
  readonly title: string;
  readonly hosts: readonly string[];
  /** A civil date. */
  readonly movedOn: string;
  readonly whole: WholeSite | null;
  readonly rules: readonly RedirectRule[];
}

/**
 * The consolidation as one document: each site with all of its hosts and a ruleset, and one shutdown for each day on
 * which sites moved.
 */
export function govukDocument(corpus: Corpus): GovukDocument {
  const owners = ownersOf(corpus);
  const mappings = [...corpus.mappings].flatMap(([name, text]) => readRulesCsv(text, name).rules);
  const sites = movingSites(corpus, owners, mappings.filter(isDecided));
  const undecided = mappings.filter((rule) => !isDecided(rule));
  const entries = <T>(make: (site: MovingSite) => T) => Object.fromEntries(sites.map((site) => [site.id, make(site)]));
  const files = sites
    .filter(({ rules }) => rules.length > 0)
    .map(({ id, rules }) => [fileOf(id), csvText(rules.map(settled).map(withoutScheme))] as const);
  return {
    document: {
      version: 1,
      markets: { gb: UNITED_KINGDOM },
      sites: {
        'gov-uk': { brand: 'GOV.UK', market: 'gb', role: 'unified', urls: ['https://www.gov.uk/'] },
        ...entries(({ title, hosts }) => ({ brand: title, market: 'gb', role: 'legacy', urls: hosts.map(urlOf) })),
      },
      shutdowns: shutdownsOf(sites),
      rulesets: entries(rulesetOf),
    },
    files: new Map([...files, ['undecided.csv', csvText(undecided)]]),
    undecided: undecided.length,
    leftOut: leftOut(corpus, owners),
  };
}

const UNITED_KINGDOM = {
  name: 'United Kingdom',
  countries: ['GB'],
  currency: 'GBP',
  locales: ['en-GB'],
  timeZone: 'Europe/London',
} as const;

const idOf = ({ name }: CorpusSite): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
const urlOf = (host: string): string => `https://${host}/`;
const fileOf = (id: string): string => `redirects/${id}.csv`;

/**
 * Which site a host is of; whoever names it first has it. A dated site has its main host. Years later many of its
 * aliases were sites of their own that moved as a whole, and further hosts had been found.
 */
function ownersOf({ dated, later, mappings }: Corpus): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  const claim = (hosts: readonly string[], id: string): void => {
    for (const host of hosts) if (!owners.has(host)) owners.set(host, id);
  };
  for (const site of dated) claim(site.hosts.slice(0, 1), idOf(site));
  for (const site of later.filter(({ whole }) => whole !== null))
    claim(site.hosts, owners.get(site.hosts[0] ?? '') ?? idOf(site));
  for (const site of dated) claim(site.hosts, idOf(site));
  const mapped = new Set([...mappings.values()].map((text) => /^http:\/\/([^/:,]+)/im.exec(text)?.[1] ?? ''));
  for (const site of later) {
    if (site.hosts.some((host) => mapped.has(host))) claim(site.hosts.slice(0, 1), idOf(site));
    const known = site.hosts.find((host) => owners.has(host));
    if (known !== undefined) claim(site.hosts, owners.get(known) ?? '');
  }
  return owners;
}

const csvText = (rules: Iterable<RedirectRule>): string => [...writeRulesCsv(rules)].join('');

/** "I am a teapot" is what the movers wrote where they had not decided yet. */
const isDecided = ({ status }: RedirectRule): boolean => status !== 418;

/** The scheme says how a page was found before anybody thought of HTTPS, and not for which visitors the rule is. */
const withoutScheme = (rule: RedirectRule): RedirectRule => ({ ...rule, from: rule.from.replace(/^http:\/\//i, '') });

/**
 * Two pages of one site are asked for by a list as well as by an entry, and who asks by both ties two rules. Only a person
 * can say which is meant: here the entry.
 */
const ENTRY = /(?:faqs_index\.php\?faqID|documents_info\.php\?documentID=\d+&pageNumber)=\d+$/;

const settled = (rule: RedirectRule): RedirectRule => (ENTRY.test(rule.from) ? { ...rule, priority: 1 } : rule);

const hostOf = ({ from }: RedirectRule): string => /^http:\/\/([^/:]+)/i.exec(from)?.[1]?.toLowerCase() ?? '';

function movingSites(
  { dated, later }: Corpus,
  owners: ReadonlyMap<string, string>,
  mappings: readonly RedirectRule[],
): readonly MovingSite[] {
  const hosts = Map.groupBy(owners.keys(), (host) => owners.get(host) ?? '');
  const rules = Map.groupBy(mappings, (rule) => owners.get(hostOf(rule)) ?? '');
  const sites = new Map([...later, ...dated].map((site) => [idOf(site), site]));
  const dates = new Map(dated.flatMap(({ hosts, movedOn }) => hosts.map((host) => [host, movedOn] as const)));
  const wholes = new Map(later.map(({ hosts, whole }) => [hosts[0] ?? '', whole]));
  const newest = later.flatMap(({ archivedOn }) => archivedOn ?? []).reduce((a, b) => (a > b ? a : b), '');
  return [...hosts].flatMap(([id, own]) => {
    const site = sites.get(id);
    if (site === undefined) return [];
    const main = site.hosts[0] ?? '';
    return {
      id,
      title: site.title,
      hosts: own,
      movedOn: site.movedOn ?? dates.get(main) ?? newest,
      whole: site.whole ?? wholes.get(main) ?? null,
      rules: rules.get(id) ?? [],
    };
  });
}

function rulesetOf({ id, whole, rules: own }: MovingSite): Readonly<Record<string, unknown>> {
  // GOV.UK said "not found" of what nobody had mapped; of what a rule can say, 410 is the nearest.
  const gone = { status: 410 };
  const rules = own.length === 0 ? [] : fileOf(id);
  const usual = { site: id, rules, query: 'drop', case: 'ignore' };
  if (whole === null || whole.kind === 'gone') return { ...usual, fallback: gone };
  const { to, status, appendPath } = whole;
  return appendPath
    ? { site: id, rules: [{ from: '/', to, status, match: 'prefix' }], fallback: gone }
    : { ...usual, fallback: { to, status } };
}

function shutdownsOf(sites: readonly MovingSite[]): Readonly<Record<string, unknown>> {
  const byDate = [...Map.groupBy(sites, ({ movedOn }) => movedOn)].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    byDate.map(([date, moved]) => [
      `moved-${date}`,
      {
        title: `${moved.length === 1 ? 'One site moves' : `${moved.length} sites move`} into GOV.UK`,
        sites: moved.map(({ id }) => id),
        into: 'gov-uk',
        freeze: `start of ${date}`,
        dark: `start of ${date}`,
        // Nobody ever meant to end them.
        redirectsUntil: 'end of 2043-12-31',
      },
    ]),
  );
}

function leftOut({ dated }: Corpus, owners: ReadonlyMap<string, string>): readonly string[] {
  const owning = new Set(owners.values());
  return dated.flatMap((site) => [
    ...(owning.has(idOf(site)) ? [] : [`${site.name}: its only host ${site.hosts[0]} is another site’s`]),
    ...site.locations.map(({ operation, path, to }) => `${site.name}: nginx’ location ${operation} ${path} → ${to}`),
  ]);
}
