import { checklistOf, shippedChecklists } from '../../checklists/templates.ts';
import { marketsOf, valueIn } from '../../launches/launch-items.ts';
import { nearest } from '../../nearest.ts';
import { formatInstant } from '../../time/format-time.ts';
import type { LaunchItemSpec, LaunchSpec } from '../launch-schema.ts';
import type { DocumentPath } from '../pointer.ts';
import { instantIn } from '../resources.ts';
import type { Checking } from './checking.ts';
import { checkPrice } from './offers.ts';
import { checkDistinct, referenced } from './references.ts';

/** A launch names markets that there are, ends after it starts, and says of every item what it costs everywhere. */
export function checkLaunches(checking: Checking): void {
  for (const [id, launch] of checking.specs.launches) {
    const path: DocumentPath = ['launches', id];
    checkDistinct(checking, launch.markets, [...path, 'markets']);
    launch.markets.forEach((market, i) => {
      referenced(checking, 'markets', market, [...path, 'markets', i]);
    });
    checkDates(checking, id, launch, path);
    checkChecklist(checking, launch, path);
    if (Object.keys(launch.items).length === 0) {
      checking.faults.error('empty-launch', [...path, 'items'], `launch \`${id}\` has no items`, 'say what it sells');
    }
    for (const [sku, item] of Object.entries(launch.items)) checkItem(checking, launch, sku, item, path);
  }
}

function checkDates({ documents, faults }: Checking, id: string, launch: LaunchSpec, path: DocumentPath): void {
  const times = documents.launches.get(id)?.times ?? {};
  for (const market of launch.markets) {
    const [from, until] = [instantIn(times, 'startsAt', market), instantIn(times, 'endsAt', market)];
    if (from === undefined || until === undefined || from < until) continue;
    faults.error(
      'dates',
      [...path, 'endsAt'],
      `it ends in ${market} at ${formatInstant(until)}, and starts there at ${formatInstant(from)}`,
      'end it after it starts',
    );
    return;
  }
}

function checkChecklist({ specs, known, faults }: Checking, { checklist }: LaunchSpec, path: DocumentPath): void {
  if (checklist === undefined || checklistOf(specs.checklists, checklist) !== undefined) return;
  if (!known.has('checklists') && specs.checklists.size === 0) {
    // The platform may have it; a template of the program would have been found.
    return;
  }
  const suggestion = nearest(checklist, [...specs.checklists.keys(), ...Object.keys(shippedChecklists())]);
  faults.error(
    'unknown-reference',
    [...path, 'checklist'],
    `there is no checklist \`${checklist}\``,
    suggestion === null
      ? `add it under \`checklists\`, or name one that is shipped: ${Object.keys(shippedChecklists()).join(', ')}`
      : `did you mean \`${suggestion}\`?`,
  );
}

function checkItem(
  checking: Checking,
  launch: LaunchSpec,
  sku: string,
  item: LaunchItemSpec,
  path: DocumentPath,
): void {
  const place: DocumentPath = [...path, 'items', sku];
  checkMarketsOfValues(checking, launch, item, place);
  for (const market of launch.markets) {
    const price = valueIn<string>(item.price, market);
    const key: DocumentPath = typeof item.price === 'object' ? [...place, 'price', market] : [...place, 'price'];
    if (price === undefined) {
      checking.faults.error(
        'missing-price',
        [...place, 'price'],
        `\`${sku}\` has no price in ${market}`,
        `add one for ${market}`,
      );
    } else if (checking.documents.markets.has(market)) {
      checkPrice({ sku, market, price }, checking.documents, key, checking.faults);
    }
    checkUnits(checking, launch, { sku, item, market }, place);
  }
}

function checkUnits(
  { faults }: Checking,
  { kind }: LaunchSpec,
  { sku, item, market }: { readonly sku: string; readonly item: LaunchItemSpec; readonly market: string },
  place: DocumentPath,
): void {
  const allocation = valueIn<number>(item.allocation, market);
  const limit = valueIn<number>(item.limitPerBuyer, market);
  if (kind === 'flash-sale' && allocation === undefined) {
    faults.error(
      'missing-allocation',
      [...place, 'allocation'],
      `a flash sale sells a number of units, and \`${sku}\` has no allocation in ${market}`,
      'say `allocation`, one for all markets or one by market',
    );
  }
  if (kind === 'flash-sale' && limit === undefined) {
    faults.error(
      'missing-limit',
      [...place, 'limitPerBuyer'],
      `a flash sale has a limit per buyer, and \`${sku}\` has none in ${market}`,
      'say `limitPerBuyer`: units of one product per buyer, across all orders and markets of the launch',
    );
  }
  if (allocation !== undefined && limit !== undefined && limit > allocation) {
    faults.error(
      'limit-above-allocation',
      [...place, 'limitPerBuyer'],
      `one buyer may have ${limit} of \`${sku}\`, and ${market} has ${allocation} in all`,
      'lower the limit, or allocate more',
    );
  }
}

/** A value by market names markets of the launch: any other would be a price that nobody ever pays. */
function checkMarketsOfValues(
  { faults }: Checking,
  launch: LaunchSpec,
  item: LaunchItemSpec,
  place: DocumentPath,
): void {
  for (const key of ['price', 'allocation', 'limitPerBuyer'] as const) {
    for (const market of marketsOf(item[key]) ?? []) {
      if (launch.markets.includes(market)) continue;
      const suggestion = nearest(market, launch.markets);
      faults.error(
        'unknown-reference',
        [...place, key, market],
        `\`${market}\` is no market of this launch`,
        suggestion === null ? 'add it to `markets`, or take the value out' : `did you mean \`${suggestion}\`?`,
      );
    }
  }
}
