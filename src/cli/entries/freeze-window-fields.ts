import type { Field } from './fields.ts';
import { entryFlag } from './flags.ts';

export const FREEZE_WINDOW_FIELDS: readonly Field[] = [
  { key: 'from', flag: 'window-from', kind: 'time', needed: true },
  { key: 'until', flag: 'window-until', kind: 'time', needed: true },
  { key: 'reason', flag: 'because', kind: 'text', needed: true },
  { key: 'protected', flag: 'protected', kind: 'switch' },
];

export const freezeWindowFlags = {
  'window-from': entryFlag.time('Changes are refused from this instant; with a zone or an offset.'),
  'window-until': entryFlag.time('Changes are allowed again from this instant; with a zone or an offset.'),
  because: entryFlag.because,
  protected: entryFlag.protect,
};
