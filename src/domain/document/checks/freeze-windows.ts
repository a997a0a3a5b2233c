import type { DocumentPath } from '../pointer.ts';
import { COMMON } from '../resources.ts';
import type { Checking } from './checking.ts';

/** A freeze window holds for the whole organisation, so it is one interval and not one per market. */
export function checkFreezeWindows({ documents, faults }: Checking): void {
  for (const [id, window] of documents.freezeWindows) {
    const path: DocumentPath = ['freezeWindows', id];
    const from = window.times['from'];
    const until = window.times['until'];
    for (const [field, resolved] of Object.entries({ from, until })) {
      if (resolved === undefined || resolved[COMMON] !== undefined) continue;
      const text = window.spec[field as 'from' | 'until'];
      faults.error(
        'zone-needed',
        [...path, field],
        `\`${text}\` has no zone, and a freeze window is one interval for every market`,
        `write the zone, as in ${text}[Europe/Paris], or an offset`,
      );
    }
    const start = from?.[COMMON];
    const end = until?.[COMMON];
    if (start !== undefined && end !== undefined && start.at >= end.at) {
      faults.error('dates', [...path, 'until'], `\`${end.text}\` is not after \`${start.text}\``, 'end it later');
    }
  }
}
