import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Ask, Question, Reply } from '../../../src/cli/prompts/ask.ts';
import { type Answers, finishWizard, runWizard, type Wizard } from '../../../src/cli/prompts/wizard.ts';
import { temporaryFolder } from '../support/in-process.ts';

const text = (message: string): Question => ({ kind: 'text', message });

const WIZARD: Wizard = {
  name: 'schedule',
  steps: [
    { name: 'id', question: () => text('id') },
    { name: 'into', question: ({ id }) => text(`into, for ${String(id)}`) },
    { name: 'note', question: ({ into }) => (into === 'none' ? null : text('note')) },
  ],
};

function session(stateFolder: string, replies: readonly (Reply | Error)[], given: Answers = {}) {
  const asked: string[] = [];
  const said: string[] = [];
  const queue = [...replies];
  const ask: Ask = async ({ message }) => {
    asked.push(message);
    const reply = queue.shift();
    if (reply === undefined || reply instanceof Error) throw reply ?? new Error(`not expected: ${message}`);
    return reply;
  };
  const say = async (message: string) => {
    said.push(message);
  };
  return { asked, said, run: () => runWizard(WIZARD, { ask, say, stateFolder, given }) };
}

describe('a wizard', () => {
  it('asks each step with the answers before it, and skips what does not apply', async () => {
    const { run, asked } = session(temporaryFolder(), ['poco-2024', 'none']);
    expect(await run()).toEqual({ id: 'poco-2024', into: 'none' });
    expect(asked).toEqual(['id', 'into, for poco-2024']);
  });

  it('does not ask what flags have said', async () => {
    const { run, asked } = session(temporaryFolder(), ['x'], { id: 'poco-2024', into: 'mi-global' });
    expect(await run()).toEqual({ id: 'poco-2024', into: 'mi-global', note: 'x' });
    expect(asked).toEqual(['note']);
  });

  it('goes on after the last answer when it was interrupted', async () => {
    const state = temporaryFolder();
    await expect(session(state, ['poco-2024', new Error('Ctrl-C')]).run()).rejects.toThrow('Ctrl-C');
    expect(statSync(join(state, 'wizards/schedule.json')).mode & 0o777).toBe(0o600);

    const again = session(state, [true, 'mi-global', 'x']);
    expect(await again.run()).toEqual({ id: 'poco-2024', into: 'mi-global', note: 'x' });
    expect(again.said).toEqual(['You stopped here before:\n  id: poco-2024']);
  });

  it('starts anew where the person says so, or where the answers cannot be read', async () => {
    const state = temporaryFolder();
    await expect(session(state, ['old', new Error('Ctrl-C')]).run()).rejects.toThrow();
    expect(await session(state, [false, 'new', 'none']).run()).toEqual({ id: 'new', into: 'none' });

    mkdirSync(join(state, 'wizards'), { recursive: true });
    writeFileSync(join(state, 'wizards/schedule.json'), '{"id":');
    const damaged = session(state, ['new', 'none']);
    expect(await damaged.run()).toEqual({ id: 'new', into: 'none' });
    expect(damaged.said[0]).toContain('cannot be read');
  });

  it('forgets its answers when it is finished', async () => {
    const state = temporaryFolder();
    await session(state, ['a', 'none']).run();
    await finishWizard(WIZARD, state);
    expect(existsSync(join(state, 'wizards/schedule.json'))).toBe(false);
    expect((await session(state, ['b', 'none']).run())['id']).toBe('b');
  });
});
