import { openClient } from '../../../src/client/index.ts';
import { api } from '../../../src/contract/operations/index.ts';
import { BEFORE } from '../poco.ts';

/** A process that adds markets, one change set each: `add-markets.ts FILE PREFIX COUNT`. */
const [, , file = '', prefix = '', count = '0'] = process.argv;
const client = await openClient({ kind: 'embedded', file }, { actor: prefix, version: '0', now: () => BEFORE });
for (let index = 0; index < Number(count); index += 1) {
  await client.call(api.markets.put, {
    params: { id: `${prefix}-${index}` },
    ifMatch: null,
    body: { spec: { name: prefix, countries: [], currency: 'EUR', locales: ['en'], timeZone: 'UTC' } },
  });
}
await client.close();
