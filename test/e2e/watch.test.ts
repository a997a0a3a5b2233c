import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openClient } from '../../src/client/index.ts';
import { api } from '../../src/contract/operations/index.ts';
import { temporaryFolder } from '../cli/support/in-process.ts';
import { SALE, saleDocument } from '../platform/sale.ts';
import { CTRL_C, hasTerminal, inTerminal } from './support/terminal.ts';

/** A platform with a sale that goes on, and a way to buy of it. */
async function sale() {
  const home = temporaryFolder();
  const file = join(home, 'data/platform.sqlite');
  const client = await openClient({ kind: 'embedded', file }, { actor: 'ada', version: '0' });
  const document = saleDocument({ 'mi-band': { allocation: 9, limitPerBuyer: 9 } });
  const { value: plan } = await client.call(api.plans.create, { body: { document } });
  await client.call(api.plans.apply, { params: { id: plan.id }, body: { consent: { confirm: [SALE] } } });
  const buy = async (quantity: number) => {
    const body = { market: 'us', sku: 'mi-band', buyer: 'bob', quantity };
    await client.call(api.reservations.create, { params: { id: SALE }, body });
  };
  return { env: { STORECTL_HOME: home }, buy, close: () => client.close() };
}

describe.skipIf(!hasTerminal)('launches watch at a terminal', () => {
  it.each([40, 80])('shows stock fall within %i columns, and Ctrl-C leaves the terminal as it was', async (columns) => {
    const { env, buy, close } = await sale();
    const terminal = inTerminal(['launches', 'watch', SALE], { columns, env });
    await terminal.shows('us      mi-band     9');
    await buy(4);
    await terminal.shows('us      mi-band     5     4');
    terminal.type(CTRL_C);
    expect(await terminal.ended).toBe(130);
    await close();
    // Nothing was hidden or switched that would have to be put back, and nothing is drawn once it is over.
    expect(terminal.raw()).not.toMatch(/\u001b\[\?\d+l/);
    expect(terminal.text().trimEnd().endsWith('Error: Interrupted.')).toBe(true);
    for (const line of terminal.text().split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
  });
});
