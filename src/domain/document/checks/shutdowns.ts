import { formatLocal } from '../../time/format-time.ts';
import type { Checking } from '../check-documents.ts';
import type { DocumentPath } from '../pointer.ts';
import { instantIn } from '../resources.ts';
import type { ShutdownSpec } from '../schema.ts';
import { checkDistinct, referenced } from './references.ts';

/** A shutdown closes legacy sites into a unified one, each site in one shutdown, with its dates in order. */
export function checkShutdowns(checking: Checking): void {
  const closedBy = new Map<string, string>();
  for (const [id, shutdown] of checking.specs.shutdowns) {
    const path: DocumentPath = ['shutdowns', id];
    checkDistinct(checking, shutdown.sites, [...path, 'sites']);
    checkTarget(checking, shutdown, path);
    shutdown.sites.forEach((siteId, i) => {
      const place = [...path, 'sites', i];
      const site = referenced(checking, 'sites', siteId, place);
      if (site !== undefined && site.role !== 'legacy') {
        checking.faults.error(
          'wrong-role',
          place,
          `site \`${siteId}\` is ${site.role}, and only legacy sites close`,
          'take it out, or make its role legacy',
        );
      }
      const other = closedBy.get(siteId);
      if (other !== undefined && other !== id) {
        checking.faults.error(
          'dates',
          place,
          `site \`${siteId}\` is closed by shutdown \`${other}\` already`,
          'a site closes once: take it out of one of them',
        );
      }
      closedBy.set(siteId, id);
      if (site !== undefined) checkOrder(checking, id, siteId, site.market, path);
    });
  }
}

function checkTarget(checking: Checking, shutdown: ShutdownSpec, path: DocumentPath): void {
  const into = referenced(checking, 'sites', shutdown.into, [...path, 'into']);
  if (into !== undefined && into.role !== 'unified') {
    checking.faults.error(
      'wrong-role',
      [...path, 'into'],
      `site \`${shutdown.into}\` is ${into.role}; sites close into a unified one`,
      'name a site whose role is unified',
    );
  }
}

/** Freeze ≤ voucher cutoff ≤ dark < redirects-until, per site, at instants: civil texts may compare otherwise. */
function checkOrder(checking: Checking, id: string, site: string, market: string, path: DocumentPath): void {
  const { documents, specs, faults } = checking;
  const times = documents.shutdowns.get(id)?.times ?? {};
  const zone = specs.markets.get(market)?.timeZone ?? 'UTC';
  const steps = ['announced', 'freeze', 'voucherCutoff', 'dark', 'redirectsUntil'].flatMap((field) => {
    const at = instantIn(times, field, market);
    return at === undefined ? [] : [{ field, at }];
  });
  steps.slice(1).forEach((step, i) => {
    const earlier = steps[i];
    if (earlier === undefined) return;
    const strictly = step.field === 'redirectsUntil' && earlier.field === 'dark';
    if (strictly ? earlier.at < step.at : earlier.at <= step.at) return;
    faults.error(
      'dates',
      [...path, step.field],
      `${step.field} (${formatLocal(step.at, zone)}) is ${strictly ? 'not after' : 'before'} ${earlier.field} (${formatLocal(earlier.at, zone)}) for site \`${site}\``,
      'the order is announced, freeze, voucherCutoff, dark, redirectsUntil',
    );
  });
}
