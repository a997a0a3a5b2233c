import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { OpenClient } from '../../src/cli/connection.ts';
import { leavesOutcomeOpen, withOutcome, withWayToFindOut } from '../../src/cli/failures/outcome.ts';
import { openClient } from '../../src/client/index.ts';
import { EXIT, Failure } from '../../src/domain/failure.ts';
import { type Installation, installation } from '../cli/support/platform.ts';
import { ONE_RULE } from './one-rule.ts';

const gone = (message = 'https://admin.example.com cannot be reached: nothing listens there.') =>
  new Failure({ code: 'unavailable', exit: EXIT.unavailable, message, remedy: 'Check the network.' });

/** A platform that goes away at the so-manieth write that is no dry run, or at the so-manieth call of any kind. */
function goneAt(kind: 'call' | 'write', at: number): OpenClient {
  let count = 0;
  return async (target, options) => {
    const client = await openClient(target, options);
    return {
      ...client,
      call(operation, request) {
        const { dryRun } = (request?.query ?? {}) as { readonly dryRun?: unknown };
        const counts = kind === 'call' || (operation.effect === 'write' && dryRun !== true);
        if (counts) count += 1;
        return count >= at ? Promise.reject(gone()) : client.call(operation, request);
      },
    };
  };
}

async function poco(): Promise<Installation> {
  const own = installation();
  writeFileSync(join(own.folder, 'storectl.yaml'), ONE_RULE);
  writeFileSync(join(own.folder, 'r.csv'), 'from,to\n/uk/a,https://www.mi.com/a\n');
  expect((await own.run(['apply', '-f', 'storectl.yaml', '--yes', '--no-input'])).exit).toBe(0);
  await own.run(['redirects', 'import', 'r.csv', '--ruleset', 'poco-gb', '--add', '--yes']);
  writeFileSync(join(own.folder, 'r.csv'), 'from,to\n/uk/b,https://www.mi.com/b\n');
  return own;
}

/** A command, and how many calls it takes at least before it writes. */
const WRITES = [
  ['import', ['redirects', 'import', 'r.csv', '--ruleset', 'poco-gb', '--add', '--yes'], 3],
  ['add', ['redirects', 'add', 'poco-gb', '--from', '/uk/c', '--to', 'https://www.mi.com/c', '--yes'], 3],
  ['rollback', ['rollback', 'last', '--yes', '--allow-deletes', '--override', 'deletes', '--reason', 'test'], 1],
] as const;

describe.each(WRITES)('%s whose platform goes away', (_, argv, planning) => {
  test('says that nothing was written, at every call of planning', async () => {
    const own = await poco();
    for (let at = 1; at <= planning; at += 1) {
      const { exit, stderr } = await own.run(argv, { openClient: goneAt('call', at) });
      expect([exit, stderr]).toEqual([9, expect.stringContaining('nothing listens there. Nothing was written.')]);
    }
  });

  test('says at the write itself that nobody knows, and how to find out', async () => {
    const own = await poco();
    const { exit, stderr } = await own.run(argv, { openClient: goneAt('write', argv[0] === 'rollback' ? 2 : 1) });
    expect([exit, stderr]).toEqual([9, expect.stringContaining('there. Whether it was applied is not known.')]);
    expect(stderr).toContain('storectl changes list');
    expect(stderr).not.toContain('Nothing was written');
  });
});

test('a token that may have been made names the list of tokens', async () => {
  const own = await poco();
  const argv = ['platform', 'token', 'create', 'ci', '--role', 'admin'];
  const { exit, stderr } = await own.run(argv, { openClient: goneAt('write', 1) });
  expect([exit, stderr]).toEqual([9, expect.stringContaining('storectl platform token list')]);
});

test.each([
  ['a proxy says hello', 'a proxy says hello. Nothing was written.'],
  ['it answered "hello."', 'it answered "hello." Nothing was written.'],
  ['is the URL right?', 'is the URL right? Nothing was written.'],
])('what became of a write is a sentence of its own: %s', (message, expected) => {
  const told = withOutcome(gone(message), 'Nothing was written.');
  expect(told.message).toBe(expected);
  expect(leavesOutcomeOpen(told)).toBe(false);
  expect(withWayToFindOut(told, 'storectl changes list')).toBe(told);
});
