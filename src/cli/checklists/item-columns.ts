import type { ItemStatus } from '../../domain/checklists/item-state.ts';
import type { Column } from '../output/columns.ts';

export const ITEM_COLUMNS: readonly Column<ItemStatus>[] = [
  { key: 'item', header: 'ITEM', value: ({ item }) => item, keep: true },
  { key: 'state', header: 'STATE', value: ({ state }) => state, keep: true },
  { key: 'blocks', header: 'BLOCKS', value: ({ blocks }) => (blocks ? 'yes' : 'no') },
  { key: 'kind', header: 'KIND', value: ({ kind }) => kind },
  { key: 'required', header: 'REQUIRED', value: ({ required }) => (required ? 'yes' : 'no') },
  { key: 'by', header: 'BY', value: ({ waiver, evidence }) => (waiver ?? evidence)?.by },
  { key: 'until', header: 'UNTIL', value: ({ until }) => until, whole: true },
  { key: 'title', header: 'TITLE', value: ({ title }) => title },
  { key: 'why', header: 'WHY', value: ({ why }) => why },
];
