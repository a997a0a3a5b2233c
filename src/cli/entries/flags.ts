import { Flags } from '@oclif/core';

/** Makers of the flags that entries share, so that each form looks the same in every topic. */

const text = (summary: string, helpValue: string) => Flags.string({ summary, helpValue, helpGroup: 'ENTRY' });

const list = (summary: string, helpValue: string) =>
  Flags.string({ summary, helpValue, helpGroup: 'ENTRY', multiple: true, multipleNonGreedy: true });

const time = (summary: string) => text(summary, 'TIME');

const protect = Flags.boolean({
  summary: 'Keep plans from deleting it.',
  helpGroup: 'ENTRY',
  allowNo: true,
});

/** Single members of a list, for commands that change an entry. */
const members = <N extends string>(name: N, noun: string, helpValue: string) =>
  ({
    [`add-${name}`]: list(`Add one ${noun}; repeatable.`, helpValue),
    [`remove-${name}`]: list(`Take one ${noun} away; repeatable.`, helpValue),
  }) as { readonly [K in `add-${N}` | `remove-${N}`]: ReturnType<typeof list> };

/** Also of a document's key `reason`; `--reason` is the audit trail's, everywhere. */
const because = text('Why it is there: the reason kept in the entry itself.', 'TEXT');

export const entryFlag = { text, list, time, protect, members, because };
