import { canonicalHostPattern } from '../../../redirects/host.ts';
import { parseRequestUrl, UrlError } from '../../../redirects/url.ts';
import { type AssertionSpec, MOST_URLS_TOGETHER } from '../assertion-schema.ts';
import type { DocumentPath } from '../pointer.ts';
import { COMMON } from '../resources.ts';
import type { Checking } from './checking.ts';
import { checkDistinct, referenced } from './references.ts';
import { readSiteUrl } from './sites.ts';

/** An assertion names what exists, can be asked for, and ends after it starts. Whether it holds is looked at apart. */
export function checkAssertions(checking: Checking): void {
  let urls = 0;
  for (const [id, assertion] of checking.specs.assertions) {
    const path: DocumentPath = ['assertions', id];
    checkContent(checking, assertion, path);
    checkWindow(checking, id, path);
    urls += urlsOf(assertion);
  }
  if (urls <= MOST_URLS_TOGETHER) return;
  checking.faults.error(
    'too-many-urls',
    ['assertions'],
    `the assertions name ${urls} URLs together, and may name ${MOST_URLS_TOGETHER}`,
    'keep those that matter: every plan asks for each of them at every change of the schedule',
  );
}

function urlsOf(assertion: AssertionSpec): number {
  if (assertion.kind === 'every-url-ends') return assertion.urls.length;
  return assertion.kind === 'answers' ? Object.keys(assertion.expect).length : 0;
}

function checkContent(checking: Checking, assertion: AssertionSpec, path: DocumentPath): void {
  switch (assertion.kind) {
    case 'every-url-ends':
      assertion.urls.forEach((url, i) => {
        checkUrl(checking, url, [...path, 'urls', i]);
      });
      assertion.on.forEach((host, i) => {
        checkHost(checking, host, [...path, 'on', i]);
      });
      return;
    case 'nothing-captures':
      checkPlaces(checking, assertion, path);
      return;
    case 'no-target':
      return;
    case 'answers':
      for (const [url, expected] of Object.entries(assertion.expect)) {
        checkUrl(checking, url, [...path, 'expect', url]);
        if (Object.keys(expected).length > 0) continue;
        const remedy = 'say `outcome`, `status` or `location`';
        checking.faults.error('empty-assertion', [...path, 'expect', url], `nothing is expected of \`${url}\``, remedy);
      }
  }
}

function checkPlaces(
  checking: Checking,
  { sites = [], markets = [], urls = [] }: Extract<AssertionSpec, { readonly kind: 'nothing-captures' }>,
  path: DocumentPath,
): void {
  if (sites.length + markets.length + urls.length === 0) {
    const message = 'the assertion names no site, market or URL';
    checking.faults.error('empty-assertion', path, message, 'say what is kept with `sites`, `markets` or `urls`');
  }
  sites.forEach((site, i) => {
    referenced(checking, 'sites', site, [...path, 'sites', i]);
  });
  markets.forEach((market, i) => {
    referenced(checking, 'markets', market, [...path, 'markets', i]);
  });
  urls.forEach((url, i) => {
    readSiteUrl(checking, url, [...path, 'urls', i]);
  });
  checkDistinct(checking, sites, [...path, 'sites']);
  checkDistinct(checking, markets, [...path, 'markets']);
}

function checkUrl({ faults }: Checking, text: string, path: DocumentPath): void {
  try {
    parseRequestUrl(text);
  } catch (error) {
    if (!(error instanceof UrlError)) throw error;
    const message = `\`${text}\` is no URL that a visitor can ask for: ${error.message}`;
    faults.error(error.code, path, message, 'write it whole, as in https://po.co/uk/phones');
  }
}

/** A host that cannot be read would match nothing, in silence. */
function checkHost({ faults }: Checking, text: string, path: DocumentPath): void {
  if (canonicalHostPattern(text.trim()) !== undefined) return;
  faults.error('invalid-host', path, `\`${text}\` is no host name`, 'write one such as www.mi.com, or *.mi.com');
}

function checkWindow({ documents, specs, faults }: Checking, id: string, path: DocumentPath): void {
  const times = documents.assertions.get(id)?.times ?? {};
  for (const market of new Set(Object.keys({ ...times['from'], ...times['until'] }))) {
    const from = (times['from']?.[COMMON] ?? times['from']?.[market])?.at;
    const until = (times['until']?.[COMMON] ?? times['until']?.[market])?.at;
    if (from === undefined || until === undefined || from < until) continue;
    const spec = specs.assertions.get(id);
    faults.error('dates', [...path, 'until'], `\`${spec?.until}\` is not after \`${spec?.from}\``, 'end it later');
    return;
  }
}
