import type { DocumentPath } from '../pointer.ts';
import type { Checking } from './checking.ts';
import { checkDistinct, referenced } from './references.ts';

/** What launches are held against: certifications, service levels (one for a market) and checklists. */
export function checkReadiness(checking: Checking): void {
  for (const [id, certification] of checking.specs.certifications) {
    const path: DocumentPath = ['certifications', id];
    checkDistinct(checking, certification.markets, [...path, 'markets']);
    checkDistinct(checking, certification.skus, [...path, 'skus']);
    certification.markets.forEach((market, i) => {
      referenced(checking, 'markets', market, [...path, 'markets', i]);
    });
  }
  checkServiceLevels(checking);
  for (const [id, checklist] of checking.specs.checklists) {
    if (Object.keys(checklist.items).length > 0) continue;
    checking.faults.warning(
      'empty-checklist',
      ['checklists', id, 'items'],
      `checklist \`${id}\` asks for nothing, so any launch passes it`,
      'say what has to hold',
    );
  }
}

function checkServiceLevels(checking: Checking): void {
  const byMarket = new Map<string, string>();
  for (const [id, level] of checking.specs.serviceLevels) {
    const path: DocumentPath = ['serviceLevels', id];
    referenced(checking, 'markets', level.market, [...path, 'market']);
    checkDistinct(checking, level.paymentMethods ?? [], [...path, 'paymentMethods']);
    const other = byMarket.get(level.market);
    if (other !== undefined) {
      checking.faults.error(
        'duplicate',
        [...path, 'market'],
        `market \`${level.market}\` has the service level \`${other}\` already`,
        'a market has one: put both into it',
      );
    }
    byMarket.set(level.market, id);
  }
}
