import { scalarText } from './scalar-text.ts';

/** What a first document is made of: one old site that closes into a unified one. */
export interface FirstDocument {
  readonly brand: string;
  /** Base URL of the site that closes. */
  readonly url: string;
  /** Base URL of the site that takes its visitors. */
  readonly into: string;
  /** ISO 3166-1 code. */
  readonly country: string;
  /** ISO 4217 code. */
  readonly currency: string;
  /** BCP 47 tag. */
  readonly locale: string;
  /** IANA zone. */
  readonly timeZone: string;
  readonly freeze: string;
  readonly dark: string;
  readonly redirectsUntil: string;
}

/** The ids that the document gives its entries. */
export function idsOf({ brand, country }: FirstDocument): { readonly market: string; readonly site: string } {
  const market = slug(country);
  return { market, site: `${slug(brand)}-${market}` };
}

function slug(text: string): string {
  const ascii = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return ascii === '' ? 'brand' : ascii.slice(0, 60).replace(/-$/, '');
}

/** The name of a country in English, for the market. */
function countryName(code: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/**
 * A first document that teaches as it stands: what each section is for, and how times are written.
 *
 * @param schema where the schema lies, seen from the document
 */
export function firstDocumentText(first: FirstDocument, schema: string): string {
  const { market, site } = idsOf(first);
  const year = /\d{4}/.exec(first.dark)?.[0] ?? '1';
  const q = scalarText;
  return `# yaml-language-server: $schema=${schema}
#
# What is to be true, written down. \`storectl validate\` checks this file, \`storectl plan\` shows what applying it
# would do, and \`storectl apply -f FILE\` does it. A section that is left out here is never touched.
version: 1

# Where customers are, and on whose clock dates are read.
markets:
  ${market}:
    name: ${q(countryName(first.country))}
    countries: [${q(first.country)}]
    currency: ${q(first.currency)}
    locales: [${q(first.locale)}]
    timeZone: ${q(first.timeZone)}

# Storefronts, by every base URL at which they answer: add the www. variant if there is one.
sites:
  ${site}:
    brand: ${q(first.brand)}
    market: ${market}
    role: legacy
    urls:
      - ${q(first.url)}
  unified:
    brand: ${q(first.brand)}
    market: ${market}
    role: unified
    urls:
      - ${q(first.into)}

# The closing of legacy sites into a unified one. A time can be an instant (2024-12-31T23:00Z), a time in a zone
# (2024-12-31T23:00[Europe/Paris]), or, read on each market's own clock, 2024-12-31T23:59, start of DATE or end of DATE.
shutdowns:
  ${slug(first.brand)}-${year}:
    title: ${q(`${first.brand} closes into ${hostOf(first.into)}`)}
    sites: [${site}]
    into: unified
    freeze: ${q(first.freeze)} # no new orders from here on
    # voucherCutoff: vouchers issued before this migrate
    dark: ${q(first.dark)} # visitors are redirected from here on
    redirectsUntil: ${q(first.redirectsUntil)}

# Where each old URL goes once its site is dark: a list here, or a CSV file beside this one (rules: redirects/${site}.csv).
rulesets:
  ${site}:
    site: ${site}
    rules: [] # such as: [{ from: ${q(examplePath(first.url))}, to: ${q(first.into)} }]
    fallback: { to: ${q(first.into)}, status: 302 } # whatever no rule takes

# What is exempt, who answers for it, and when somebody looks at it again:
# exceptions:
#   ${site}-stays:
#     sites: [${site}]
#     from: [shutdown, redirect]
#     reason: ...
#     owner: somebody@example.com
#     reviewBy: end of 2025-06-30
`;
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

/** A path that a rule of the site could have: from the root of its host. */
function examplePath(url: string): string {
  try {
    return `${new URL(url).pathname.replace(/\/$/, '')}/old-page`;
  } catch {
    return '/old-page';
  }
}
