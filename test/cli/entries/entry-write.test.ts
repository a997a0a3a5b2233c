import { describe, expect, it } from 'vitest';
import { entryWrite } from '../../../src/cli/entries/entry-write.ts';
import { findResource, requireResource } from '../../../src/cli/entries/read.ts';
import { temporaryClient } from '../support/platform.ts';

const MARKET = { name: 'Global', countries: [], currency: 'USD', locales: ['en'], timeZone: 'UTC' };
const NOTHING = { allowDeletes: false, confirm: [], overrides: [] };

async function withMarket() {
  const client = await temporaryClient();
  const write = { section: 'markets', id: 'global', fields: [] } as const;
  const added = entryWrite(client, { ...write, spec: MARKET, etag: null });
  await added.apply(await added.plan(), NOTHING);
  return { client, write };
}

describe('entryWrite', () => {
  it('plans without writing', async () => {
    const { client, write } = await withMarket();
    const { etag } = await requireResource(client, 'markets', 'global');
    const plan = await entryWrite(client, { ...write, spec: { ...MARKET, name: 'World' }, etag }).plan();
    expect(plan.operations[0]?.changes).toEqual([{ pointer: '/name', before: 'Global', after: 'World' }]);
    expect((await requireResource(client, 'markets', 'global')).resource.version).toBe(1);
  });

  it('writes nothing over what somebody else wrote since', async () => {
    const { client, write } = await withMarket();
    const { etag } = await requireResource(client, 'markets', 'global');
    const mine = entryWrite(client, { ...write, spec: { ...MARKET, name: 'Mine' }, etag });
    const plan = await mine.plan();
    const theirs = entryWrite(client, { ...write, spec: { ...MARKET, name: 'Theirs' }, etag });
    await theirs.apply(await theirs.plan(), NOTHING);
    await expect(mine.apply(plan, NOTHING)).rejects.toMatchObject({ code: 'stale', exit: 6 });
    expect((await requireResource(client, 'markets', 'global')).resource.spec.name).toBe('Theirs');
  });

  it('shows a plan that needs confirmations, and carries it out only with them', async () => {
    const { client } = await withMarket();
    const spec = { brand: 'poco', market: 'global', role: 'legacy', urls: ['https://po.co/'] };
    const site = { section: 'sites', id: 'poco-global', fields: [] } as const;
    const added = entryWrite(client, { ...site, spec, etag: null });
    await added.apply(await added.plan(), NOTHING);
    const { etag } = await requireResource(client, 'sites', 'poco-global');
    const removed = entryWrite(client, { ...site, spec: null, etag });
    const plan = await removed.plan();
    expect(plan.confirmations.map(({ id }) => id)).toEqual(['poco-global']);
    await expect(removed.apply(plan, { ...NOTHING, allowDeletes: true })).rejects.toMatchObject({
      code: 'confirmation-needed',
    });
    await removed.apply(plan, { ...NOTHING, allowDeletes: true, confirm: ['poco-global'] });
    expect(await findResource(client, 'sites', 'poco-global')).toBeNull();
  });
});
