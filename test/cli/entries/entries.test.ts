import { describe, expect, it } from 'vitest';
import type { Installation } from '../support/platform.ts';
import { GRANT, SCHEDULE, smallWorld } from './world.ts';

const dataOf = (stdout: string) => JSON.parse(stdout).data;
const errorOf = (stdout: string) => JSON.parse(stdout).error;

describe('reading entries', () => {
  it('lists, filtered by market, in every format', async () => {
    const program = await smallWorld();
    const table = await program.run(['sites', 'list', '--market', 'gb', '--columns', 'id,urls']);
    expect(table).toEqual({
      exit: 0,
      stderr: '',
      stdout: 'ID\tURLS\nmi-gb\thttps://www.mi.com/uk/\npoco-gb\thttps://po.co/uk/\n',
    });
    const json = await program.run(['sites', 'list', '--json']);
    expect(dataOf(json.stdout)).toHaveLength(3);
    expect(dataOf(json.stdout)[0]).toEqual({
      kind: 'sites',
      id: 'mi-gb',
      version: 1,
      spec: { brand: 'poco', market: 'gb', role: 'unified', urls: ['https://www.mi.com/uk/'] },
      times: {},
    });
  });

  it('shows every instant of a shutdown, and exceptions by the site or market that they concern', async () => {
    const program = await smallWorld();
    expect((await program.run([...SCHEDULE, '--yes', '--quiet'])).exit).toBe(0);
    const { stdout } = await program.run(['shutdowns', 'show', 'poco-2025', '--json']);
    expect(dataOf(stdout).times.dark.fr).toMatchObject({
      text: 'end of 2025-12-31',
      utc: '2025-12-31T23:00:00Z',
      zoned: '2026-01-01T00:00:00+01:00[Europe/Paris]',
    });
    await program.run([...GRANT, '--yes', '--quiet']);
    for (const flag of [
      ['--site', 'poco-fr'],
      ['--market', 'fr'],
    ]) {
      expect(dataOf((await program.run(['exceptions', 'list', ...flag, '--json'])).stdout)).toHaveLength(1);
    }
    for (const flag of [
      ['--site', 'poco-gb'],
      ['--market', 'gb'],
    ]) {
      expect(dataOf((await program.run(['exceptions', 'list', ...flag, '--json'])).stdout)).toEqual([]);
    }
  });

  it('names the nearest id where there is none of that name', async () => {
    const program = await smallWorld();
    const text = await program.run(['sites', 'show', 'poco-g']);
    expect(text).toEqual({
      exit: 5,
      stdout: '',
      stderr: 'Error: There is no site poco-g. Did you mean poco-gb?\n  storectl sites list shows what there is.\n',
    });
    const json = await program.run(['markets', 'show', 'bg', '--json']);
    expect(errorOf(json.stdout)).toMatchObject({ code: 'not-found', exit: 5, details: { nearest: 'gb' } });
  });
});

describe('writing entries', () => {
  const versionOf = async (program: Installation, topic: string, id: string) =>
    dataOf((await program.run([topic, 'show', id, '--json'])).stdout).version;

  it('shows the plan and writes nothing on a dry run', async () => {
    const program = await smallWorld();
    const { exit, stdout, stderr } = await program.run([...SCHEDULE, '--dry-run']);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout).toContain('fr  2026-01-01 00:00 +01:00  = 2025-12-31T23:00:00Z');
    expect(stdout).toContain('Nothing was written');
    expect((await program.run(['shutdowns', 'show', 'poco-2025'])).exit).toBe(5);
  });

  it('needs consent where nobody can be asked', async () => {
    const program = await smallWorld();
    const { exit, stdout, stderr } = await program.run(SCHEDULE);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain('Add --yes');
    expect((await program.run(['shutdowns', 'show', 'poco-2025'])).exit).toBe(5);
  });

  it('names all missing flags at once', async () => {
    const program = await smallWorld();
    const { exit, stderr } = await program.run(['shutdowns', 'schedule', '--title', 'x', '--site', 'poco-gb']);
    expect(exit).toBe(2);
    expect(stderr).toContain('Missing ID, --into, --freeze, --dark, --redirects-until.');
  });

  it('keeps the reason of the write apart from the reason of the entry', async () => {
    const program = await smallWorld();
    const { exit, stdout } = await program.run([...GRANT, '--reason', 'ticket 7', '--yes', '--json']);
    expect(exit).toBe(0);
    const { change } = dataOf(stdout);
    expect(change.reason).toBe('ticket 7');
    expect(change.operations[0].after.spec.reason).toBe('France keeps its site');
  });

  it('does not add what is there', async () => {
    const program = await smallWorld();
    const argv = [
      'sites',
      'add',
      'poco-gb',
      '--brand',
      'x',
      '--market',
      'gb',
      '--role',
      'legacy',
      '--url',
      'https://a.b/',
    ];
    const { exit, stdout } = await program.run([...argv, '--yes', '--json']);
    expect(exit).toBe(2);
    expect(errorOf(stdout)).toMatchObject({
      code: 'already-exists',
      remedy: 'Change it with: storectl sites change poco-gb',
    });
  });

  it('says where nothing would change, and writes nothing', async () => {
    const program = await smallWorld();
    const before = await versionOf(program, 'sites', 'poco-gb');
    const { exit, stdout } = await program.run(['sites', 'change', 'poco-gb', '--brand', 'poco']);
    expect(exit).toBe(0);
    expect(stdout).toContain('Nothing to change');
    expect(await versionOf(program, 'sites', 'poco-gb')).toBe(before);
  });

  it('changes what was said and keeps the rest', async () => {
    const program = await smallWorld();
    const { exit } = await program.run([
      'sites',
      'change',
      'poco-fr',
      '--add-url',
      'https://fr.po.co/',
      '--yes',
      '--quiet',
    ]);
    expect(exit).toBe(0);
    const { spec } = dataOf((await program.run(['sites', 'show', 'poco-fr', '--json'])).stdout);
    expect(spec.urls).toEqual(['https://po.co/fr/', 'https://fr.po.co/']);
    expect(spec.brand).toBe('poco');
  });

  it('names the flag that is wrong, and all of them', async () => {
    const program = await smallWorld();
    const argv = SCHEDULE.map((word) =>
      word === 'end of 2025-12-31' ? '2025-12-31' : word === 'mi-gb' ? 'mi-g' : word,
    );
    const { exit, stderr } = await program.run([...argv, '--yes']);
    expect(exit).toBe(2);
    expect(stderr).toContain('--dark: error invalid-time');
    expect(stderr).toContain('--into: error unknown-reference: there is no site `mi-g`');
  });

  it('wants a removal to be allowed, and what visitors notice to be confirmed, in one message', async () => {
    const program = await smallWorld();
    const { exit, stdout } = await program.run(['sites', 'remove', 'poco-gb', '--yes', '--json']);
    expect(exit).toBe(2);
    expect(errorOf(stdout)).toMatchObject({
      code: 'consent-needed',
      details: { deletes: 1, confirm: ['poco-gb'] },
    });
    expect(errorOf(stdout).remedy).toContain('--allow-deletes --confirm poco-gb');
  });

  it('keeps what others build on', async () => {
    const program = await smallWorld();
    const { exit, stderr } = await program.run(['markets', 'remove', 'gb', '--yes', '--allow-deletes']);
    expect(exit).toBe(7);
    expect(stderr.replace(/\s+/g, ' ')).toContain('sites/poco-gb uses it (there would be no market `gb`)');
    expect(await versionOf(program, 'markets', 'gb')).toBe(1);
  });
});
