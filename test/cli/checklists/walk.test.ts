import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Walk, walkChecklist } from '../../../src/cli/checklists/walk.ts';
import { NO_PALETTE } from '../../../src/cli/output/colours.ts';
import type { Question, Reply } from '../../../src/cli/prompts/ask.ts';
import type { Client } from '../../../src/client/index.ts';
import { api } from '../../../src/contract/operations/index.ts';
import type { LaunchChecklist } from '../../../src/domain/checklists/launch-checklist.ts';
import { productLines } from '../../../src/domain/document/content-lines.ts';
import type { SubmittedDocument } from '../../../src/domain/document/schema.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { OPENING, PRODUCTS } from '../../domain/opening.ts';
import { temporaryClient } from '../support/platform.ts';
import { LAUNCH, NOW } from './opening-program.ts';

const CHECKLIST = {
  items: {
    limits: { check: 'limits' as const },
    'load-test': { title: 'The load test held', advice: 'Link its figures.', validForDays: 14 },
    'on-call': { title: 'People are on call' },
    press: { title: 'The press knows', required: false },
  },
};

async function platform(): Promise<Client> {
  const client = await temporaryClient(() => NOW);
  const document: SubmittedDocument = {
    version: 1,
    ...OPENING,
    checklists: { 'flash-sale': CHECKLIST },
    products: { all: { items: [...productLines(PRODUCTS)] } },
  };
  const { value: plan } = await client.call(api.plans.create, { body: { document }, idempotencyKey: randomUUID() });
  await client.call(api.plans.apply, { params: { id: plan.id }, body: {} });
  return client;
}

const read = async (client: Client): Promise<LaunchChecklist> =>
  (await client.call(api.launchChecklists.get, { params: { id: LAUNCH }, query: {} })).value;

/** Walks with answers in their order; the walk asks for no more than there are. */
async function walked(client: Client, replies: readonly Reply[], more: Partial<Walk> = {}) {
  const left = [...replies];
  const asked: Question[] = [];
  const said: string[] = [];
  const params = { id: LAUNCH };
  const last = await walkChecklist(await read(client), {
    ask: async (question) => {
      asked.push(question);
      const reply = left.shift();
      if (reply === undefined) throw new Error(`nothing to answer to ${question.message}`);
      return reply;
    },
    say: async (message) => {
      said.push(message);
    },
    view: { width: 80, palette: NO_PALETTE },
    now: () => NOW,
    actor: 'tester',
    context: [],
    sign: async (item, body) =>
      (await client.call(api.launchChecklists.sign, { params: { ...params, item }, query: {}, body })).value.checklist,
    waive: async (item, { because, ...rest }) => {
      const body = { ...rest, reason: because };
      const request = { params: { ...params, item }, query: {}, body };
      return (await client.call(api.launchChecklists.waive, request)).value.checklist;
    },
    ...more,
  });
  expect(left).toEqual([]);
  return { last, asked, said: said.join('\n') };
}

describe('walking a checklist', () => {
  it('shows what is proven, asks for what is open, writes each answer, and prints the same as commands', async () => {
    const client = await platform();
    const replies = ['link', 'https://example.com/figures', 'waive', 'no time', 'ops', '2015-05-19T11:00Z', 'skip'];
    const { last, said, asked } = await walked(client, replies);
    const link = asked.find(({ message }) => message.includes('(a link)'));
    if (link?.kind !== 'text') throw new Error('no link was asked for');
    expect(await link.check?.('javascript:alert(1)')).toContain('an http or https URL');
    expect(await link.check?.('https://example.com/figures')).toBe(null);
    expect(last).toEqual(await read(client));
    expect(last.open).toEqual([]);
    expect(said).toMatch(/✓ passed +limits/);
    expect(said).toContain(
      '1/3 load-test\n  The load test held\n  → Link its figures.\n  A signature holds for 14 days.',
    );
    expect(said).toContain('3/3 press (optional)');
    expect(said).toContain(`  storectl launches sign ${LAUNCH} load-test --link https://example.com/figures --yes\n`);
    expect(said).toContain(
      `  storectl launches waive ${LAUNCH} on-call --because 'no time' --owner ops --until 2015-05-19T11:00Z --yes`,
    );
    expect(asked.find(({ message }) => message.startsWith('Who answers'))).toMatchObject({ initial: 'tester' });
  });

  it('goes on where it stopped, whoever goes on', async () => {
    const client = await platform();
    await walked(client, ['note', 'held', 'stop']);
    const { asked, said } = await walked(client, ['note', 'ada and ben', 'stop']);
    expect(asked[0]?.message).toBe('on-call');
    expect(said).toContain('1/2 on-call');
  });

  it('passes over what somebody else signed meanwhile', async () => {
    const client = await platform();
    const { asked } = await walked(client, ['note', 'held', 'stop'], {
      sign: async (item, body) => {
        const request = (own: string) => ({ params: { id: LAUNCH, item: own }, query: {}, body });
        await client.call(api.launchChecklists.sign, request('on-call'));
        return (await client.call(api.launchChecklists.sign, request(item))).value.checklist;
      },
    });
    expect(asked.filter(({ kind }) => kind === 'choice').map(({ message }) => message)).toEqual(['load-test', 'press']);
  });

  it('asks again where what was typed is at fault, and ends where the platform does', async () => {
    const client = await platform();
    const wrong = new Failure({ code: 'invalid-request', exit: 2, message: 'the link is too long' });
    let times = 0;
    const { said, last } = await walked(client, ['link', 'x', 'note', 'held', 'stop'], {
      sign: async (item, body) => {
        times += 1;
        if (times === 1) throw wrong;
        return (await client.call(api.launchChecklists.sign, { params: { id: LAUNCH, item }, query: {}, body })).value
          .checklist;
      },
    });
    expect(said).toContain('the link is too long');
    expect(last.open).toEqual(['on-call']);
    const gone = new Failure({ code: 'unavailable', exit: 9, message: 'the network is gone' });
    const sign = async () => {
      throw gone;
    };
    await expect(walked(client, ['note', 'x'], { sign })).rejects.toBe(gone);
  });

  it('takes no end of a waiver that has passed, or that no market gives a zone', async () => {
    const client = await platform();
    const { asked } = await walked(client, ['waive', 'why', 'ops', '2015-05-19T11:00Z', 'stop']);
    const question = asked.find(({ message }) => message.startsWith('Until when'));
    if (question?.kind !== 'text') throw new Error('it is asked as text');
    expect(question.initial).toBe('2015-05-19T11:00:00Z');
    expect(await question.check?.('2015-05-12T09:00Z')).toContain('That has passed');
    expect(await question.check?.('end of 2015-05-18')).toContain('has no time zone');
    expect(await question.check?.('end of 2015-05-18[Europe/Paris]')).toBeNull();
    expect(question.preview?.('2015-05-19T11:00Z')).toContain('us      2015-05-19 07:00 -04:00');
  });
});
