import { describe, expect, it } from 'vitest';
import type { Client } from '../../src/client/client.ts';
import { uploadLines } from '../../src/client/upload-lines.ts';
import { rulesReference } from '../../src/client/upload-rules.ts';
import { EXIT, Failure } from '../../src/domain/failure.ts';

const LINES = ['{"from":"/a","status":410}', '{"from":"/b","status":410}'];

const away = () => new Failure({ code: 'unavailable', exit: EXIT.unavailable, message: 'Nobody answers.' });

/** A platform that goes away while lines travel, and answers again after so many questions. */
function goingAway(questions: number): Client {
  let left = questions;
  let gone = false;
  let received = 0;
  const value = () => ({ id: 'u', progress: { received }, problems: [], result: rulesReference(LINES) });
  return {
    target: { kind: 'remote', url: 'https://p.example.com', token: null },
    async call(operation: { readonly name: string }) {
      if (operation.name === 'rule-uploads.append' && !gone) {
        gone = true;
        throw away();
      }
      if (operation.name === 'operations.get' && left > 0) {
        left -= 1;
        throw away();
      }
      if (operation.name === 'rule-uploads.append') received = LINES.length;
      return { value: value() };
    },
  } as unknown as Client;
}

async function* blocks() {
  yield LINES;
}

describe('an upload whose platform goes away', () => {
  it('waits half a minute for it, says so, and goes on', async () => {
    const said: string[] = [];
    let waited = 0;
    const reference = await uploadLines(goingAway(29), blocks(), {
      onWaiting: (message) => said.push(message),
      pause: async (milliseconds) => {
        waited += milliseconds;
      },
    });
    expect(reference).toEqual(rulesReference(LINES));
    expect(waited).toBe(29_000);
    expect(said[0]).toContain('waiting for it, up to 30 s');
  });

  it('ends with what is wrong where it does not come back', async () => {
    let waited = 0;
    const pause = async (milliseconds: number) => {
      waited += milliseconds;
    };
    await expect(uploadLines(goingAway(1_000), blocks(), { pause })).rejects.toMatchObject({ code: 'unavailable' });
    expect(waited).toBe(30_000);
  });
});
