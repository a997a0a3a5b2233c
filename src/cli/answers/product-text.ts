import { escapeControls } from '../../domain/escape.ts';
import { LIMIT_SCOPE } from '../../domain/launches/reserve.ts';
import { formatMoney } from '../../domain/money/money.ts';
import type { Reason } from '../../domain/state/explain.ts';
import type { Column } from '../output/columns.ts';
import { grouped } from '../output/counted.ts';
import { tabLines } from '../output/delimited.ts';
import { flow } from '../output/flow.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import { changeFact, type ExplainedFact, factLines, joinedBlocks, whyLines } from './explain-layout.ts';
import type { ExplainedProduct } from './explain-products.ts';
import { epochOf, momentParts } from './moments.ts';

/** What a shopper meets in full: the answer first, then what leads to it. */
export function productText(product: ExplainedProduct, view: View): string {
  const { palette, width } = view;
  const { sku, market, title } = product;
  const name = `${title ?? ''} (${sku}) in ${market}`;
  return joinedBlocks([
    [palette.strong(shopperLine(product)), ...hang('', palette.faint(escapeControls(name)), width)],
    factLines(factsOf(product), view),
    whyLines(product.why.map(reasonOf), view),
  ]);
}

/** `on sale at 14.99 USD`, or why it cannot be bought in a word. */
export function shopperLine({ visible, buyable, price, left }: ExplainedProduct): string {
  const at = price === null ? '' : ` at ${formatMoney(price)}`;
  if (!visible) return 'not offered';
  if (buyable) return `on sale${at}`;
  return left === 0 ? `sold out${at}` : `shown${at}, not on sale`;
}

function factsOf(product: ExplainedProduct): readonly ExplainedFact[] {
  const { visible, buyable, local, limitPerBuyer, allocation, left, nextChangeAt } = product;
  const at = epochOf(product.at);
  const meets = `${visible ? 'sees it' : 'does not see it'}, ${buyable ? 'can buy it' : 'cannot buy it'}`;
  const limit = `${limitPerBuyer ?? ''} ${LIMIT_SCOPE}`;
  const allocated = `${grouped(allocation ?? 0)} units in this market`;
  return [
    ['Shopper', [meets]],
    ...(limitPerBuyer === null ? [] : [['Limit', [limit]] as const]),
    ...(allocation === null
      ? []
      : [['Allocation', [allocated, left === null ? '' : `${grouped(left)} left`]] as const]),
    ['At', momentParts(at, local.zone)],
    ['Decided by', [productDecider(product)]],
    changeFact(nextChangeAt === null ? null : epochOf(nextChangeAt), at, local.zone),
  ];
}

/** The launch, listing or policy that decides; where nothing sells it, what says so: a catalog that does not list it. */
function productDecider({ decidedBy, why }: ExplainedProduct): string {
  const decides = why.find(({ role }) => role === 'decides');
  const { kind, id } = decidedBy.kind === 'none' && decides !== undefined ? decides : decidedBy;
  return escapeControls(id === null ? kind : `${kind} ${id}`);
}

function reasonOf({ kind, id, role, text }: ExplainedProduct['why'][number]): Reason {
  return { subject: `${kind} ${id}`, outcome: role, why: text };
}

const COLUMNS: readonly Column<ExplainedProduct>[] = [
  { key: 'market', header: 'MARKET', value: (row) => row.market },
  { key: 'sku', header: 'SKU', value: (row) => row.sku },
  { key: 'at', header: 'AT', value: (row) => row.at },
  { key: 'visible', header: 'SEEN', value: (row) => (row.visible ? 'yes' : 'no') },
  { key: 'buyable', header: 'ON SALE', value: (row) => (row.buyable ? 'yes' : 'no') },
  { key: 'price', header: 'PRICE', value: (row) => (row.price === null ? '' : formatMoney(row.price)) },
  { key: 'limitPerBuyer', header: 'LIMIT', value: (row) => row.limitPerBuyer },
  { key: 'allocation', header: 'ALLOCATION', value: (row) => row.allocation },
  { key: 'left', header: 'LEFT', value: (row) => row.left },
  { key: 'decider', header: 'DECIDER', value: (row) => row.decidedBy.kind },
  { key: 'id', header: 'ID', value: (row) => row.decidedBy.id },
  { key: 'nextChangeAt', header: 'CHANGES', value: (row) => row.nextChangeAt },
  { key: 'local', header: 'LOCAL TIME', value: (row) => row.local.at },
];

/** Several: a block for each product in each market with its instants on a terminal, plain rows in a pipe. */
export function productsText(products: readonly ExplainedProduct[], view: View): string {
  if (view.width === null) return tabLines(products, COLUMNS).join('\n');
  const blocks = new Map<string, string[]>();
  for (const product of products) {
    const { market, sku } = product;
    const lines = blocks.get(`${market} ${sku}`) ?? [
      `${view.palette.id(escapeControls(sku))} in ${view.palette.id(escapeControls(market))}`,
    ];
    blocks.set(`${market} ${sku}`, lines);
    lines.push(...rowLines(product, view));
  }
  return joinedBlocks([...blocks.values()]);
}

function rowLines(product: ExplainedProduct, { palette, width }: View): readonly string[] {
  const { at, local, why } = product;
  const because = why.find(({ role }) => role === 'decides')?.text ?? '';
  return [
    `  ${flow(momentParts(epochOf(at), local.zone), { width, used: 2, indent: '  ' })}`,
    `    ${palette.strong(shopperLine(product))}`,
    ...hang('    ', `${productDecider(product)}: ${escapeControls(because)}`, width).map(palette.faint),
  ];
}
