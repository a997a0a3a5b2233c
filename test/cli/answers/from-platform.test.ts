import { describe, expect, it } from 'vitest';
import { BEFORE } from '../../platform/poco.ts';
import { pocoPlatform } from '../servers/near-platform.ts';
import { run } from '../support/in-process.ts';
import { documentFile } from './poco-file.ts';

const F6 = 'https://po.co/uk/phones/f6?utm=1';

describe('a platform and the document that was applied to it', () => {
  it.each([
    [['explain', F6, '--at', '2025-01-01T00:00Z']],
    [['explain', F6, '--at', 'end of 2024-12-31']],
    [['explain', F6, 'https://poco.in/x', '--at', '2024-11-01T00:00Z', '--at', '2026-01-01T00:00Z']],
    [['status', '--at', '2024-12-31T23:30Z', '--sort', 'site']],
    [['status', '--at', 'end of 2024-12-31', '--sort', 'site']],
    [['timeline', '--from', '2024-10-02T00:00Z']],
    [['timeline', '--site', 'poco-fr']],
  ])('give the same answer to %j', async (argv) => {
    const { openClient } = await pocoPlatform({ now: BEFORE });
    const world = { openClient, now: BEFORE };
    const near = await run([...argv, '--json'], world);
    const alone = await run([...argv, '--json', '-f', documentFile()], world);
    expect(near.exit).toBe(0);
    const sorted = (text: string) => {
      const { data } = JSON.parse(text);
      // A platform lists by id, a document as it was written.
      data.lanes?.sort((a: { site: string }, b: { site: string }) => (a.site < b.site ? -1 : 1));
      return data;
    };
    expect(sorted(near.stdout)).toEqual(sorted(alone.stdout));
  });

  it('streams from a platform as from a document', async () => {
    const { openClient } = await pocoPlatform({ now: BEFORE });
    const stdin = `${F6}\nnot a url\nhttps://poco.in/x\n`;
    const argv = ['explain', '-', '--at', '2025-01-01T00:00Z'];
    const near = await run(argv, { openClient, stdin });
    expect(near).toEqual(await run([...argv, '-f', documentFile()], { stdin }));
    expect(near.exit).toBe(2);
  });
});
