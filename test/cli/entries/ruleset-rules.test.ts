import { describe, expect, it } from 'vitest';
import { entryWrite } from '../../../src/cli/entries/entry-write.ts';
import { addRule } from '../../../src/cli/entries/rules/edit-rules.ts';
import { readRules, rulesForWrite } from '../../../src/cli/entries/rules/ruleset-rules.ts';
import { Progress } from '../../../src/cli/progress.ts';
import type { Client } from '../../../src/client/index.ts';
import { collector, surroundingsFor } from '../support/in-process.ts';
import { temporaryClient } from '../support/platform.ts';

const CONSENT = { reason: 'test', allowDeletes: true, confirm: [], overrides: [] };
const MARKET = {
  name: 'United Kingdom',
  countries: ['GB'],
  currency: 'GBP',
  locales: ['en-GB'],
  timeZone: 'Europe/London',
};
const SITE = { brand: 'poco', market: 'gb', role: 'legacy', urls: ['https://po.co/uk/'] };

const rules = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ from: `/uk/p${n}`, to: `https://www.mi.com/uk/p${n}` }));

function silent(): Progress {
  return new Progress(surroundingsFor({}, collector().stream, collector().stream), { quiet: true });
}

async function put(
  client: Client,
  section: 'markets' | 'sites' | 'rulesets',
  id: string,
  spec: object,
  etag: string | null,
) {
  const write = entryWrite(client, { section, id, spec: { ...spec }, etag, fields: [] });
  return write.apply(await write.plan(), CONSENT);
}

describe('the rules of a large ruleset', () => {
  it('are uploaded, changed and read again, in their order', async () => {
    const client = await temporaryClient();
    await put(client, 'markets', 'gb', MARKET, null);
    await put(client, 'sites', 'poco-gb', SITE, null);
    const many = await rulesForWrite(client, rules(1500), silent());
    expect(many).toMatchObject({ count: 1500 });
    await put(client, 'rulesets', 'poco-gb', { site: 'poco-gb', rules: many }, null);
    const more = addRule(await readRules(client, 'poco-gb'), { from: '/uk/new', status: 410 });
    await put(
      client,
      'rulesets',
      'poco-gb',
      { site: 'poco-gb', rules: await rulesForWrite(client, more, silent()) },
      '"1"',
    );
    expect(await readRules(client, 'poco-gb')).toEqual([...rules(1500), { from: '/uk/new', status: 410 }]);
    expect(await readRules(client, 'poco-gb', 1)).toHaveLength(1500);
  });

  it('go along in the request where they are few', async () => {
    expect(await rulesForWrite(await temporaryClient(), rules(3), silent())).toEqual(rules(3));
  });
});
