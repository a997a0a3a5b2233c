import { valueIn } from '../../launches/launch-items.ts';
import type { FaultList } from '../fault-list.ts';
import type { LaunchSpec } from '../launch-schema.ts';
import type { DocumentPath } from '../pointer.ts';

/** So many are named. */
const MOST_NAMED = 5;

/** Whether a price, as it is written, comes to nothing in any currency. */
export function isFree(price: string): boolean {
  return /^\s*0+(?:\.0+)?\s/.test(price);
}

/** What costs nothing is given away, which may be meant, as with a gift, and is a slip more often. Told once for all. */
export function warnOfFreeListings(free: readonly string[], catalog: string, faults: FaultList): void {
  warn(free, ['catalogs', catalog, 'listings'], `catalog \`${catalog}\` lists`, faults);
}

/** The same of what a launch sells; where it costs something in other markets, with those where it does not. */
export function warnOfFreeItems(id: string, { markets, items }: LaunchSpec, faults: FaultList): void {
  const free = Object.entries(items).flatMap(([sku, { price }]) => {
    const where = markets.filter((market) => isFree(valueIn<string>(price, market) ?? ''));
    if (where.length === 0) return [];
    return [where.length === markets.length ? sku : `${sku} (${where.join(', ')})`];
  });
  warn(free, ['launches', id, 'items'], `launch \`${id}\` sells`, faults);
}

function warn(free: readonly string[], path: DocumentPath, does: string, faults: FaultList): void {
  if (free.length === 0) return;
  const named = free.slice(0, MOST_NAMED).join(', ');
  const left = free.length > MOST_NAMED ? ` and ${free.length - MOST_NAMED} more` : '';
  faults.warning(
    'price-zero',
    path,
    `${does} at a price of zero: ${named}${left}`,
    'give it a price, unless it is a gift',
  );
}
