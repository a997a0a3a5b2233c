import type { DocumentPath } from '../pointer.ts';
import { COMMON, type ResolvedTimes } from '../resources.ts';
import type { ExceptionSpec } from '../schema.ts';
import type { Checking } from './checking.ts';
import { checkDistinct, referenced } from './references.ts';
import { readSiteUrl } from './sites.ts';

/** An exception names what is exempt and ends after it starts. */
export function checkExceptions(checking: Checking): void {
  for (const [id, exception] of checking.specs.exceptions) {
    const path: DocumentPath = ['exceptions', id];
    const { sites = [], markets = [], urls = [] } = exception;
    if (sites.length + markets.length + urls.length === 0) {
      checking.faults.error(
        'empty-exception',
        path,
        `exception \`${id}\` names no site, market or URL`,
        'say what is exempt with `sites`, `markets` or `urls`',
      );
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
    checkDistinct(checking, exception.from, [...path, 'from']);
    checkTimes(checking, id, exception, path);
  }
}

function checkTimes({ documents, faults }: Checking, id: string, exception: ExceptionSpec, path: DocumentPath): void {
  const times: ResolvedTimes = documents.exceptions.get(id)?.times ?? {};
  const urls = (exception.urls ?? []).length > 0;
  const ofUrlsOnly = urls && (exception.sites ?? []).length + (exception.markets ?? []).length === 0;
  for (const field of ['startsAt', 'endsAt', 'reviewBy'] as const) {
    const resolved = times[field];
    // A URL is exempt whatever market it lies in, so the interval has to be one for all of them; a review is none.
    const common = field === 'reviewBy' ? ofUrlsOnly : urls;
    if (!common || resolved === undefined || resolved[COMMON] !== undefined) continue;
    faults.error(
      'zone-needed',
      [...path, field],
      `\`${exception[field]}\` has no zone, and the URLs of an exception have no market to read it in`,
      `write the zone, as in ${exception[field]}[Europe/Paris], or an offset`,
    );
  }
  for (const market of Object.keys({ ...times['startsAt'], ...times['endsAt'] })) {
    const start = (times['startsAt']?.[COMMON] ?? times['startsAt']?.[market])?.at;
    const end = (times['endsAt']?.[COMMON] ?? times['endsAt']?.[market])?.at;
    if (start === undefined || end === undefined || start < end) continue;
    faults.error(
      'dates',
      [...path, 'endsAt'],
      `\`${exception.endsAt}\` is not after \`${exception.startsAt}\``,
      'end it later',
    );
    return;
  }
}
