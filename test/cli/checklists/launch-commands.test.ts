import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ChecklistSpec } from '../../../src/domain/document/launch-schema.ts';
import type { Installation } from '../support/platform.ts';
import { LAUNCH, NOW, openingProgram } from './opening-program.ts';

const CLEVER = 'seen\u001b]0;owned\u0007 \u001b[2J by \u202e bob';

async function jsonOf(program: Installation, argv: readonly string[], exit = 0) {
  const ended = await program.run([...argv, '--json']);
  expect({ argv, exit: ended.exit, lines: ended.stdout.trim().split('\n').length }).toEqual({ argv, exit, lines: 1 });
  return JSON.parse(ended.stdout);
}

async function openItems(program: Installation): Promise<readonly string[]> {
  const { stdout } = await program.run(['launches', 'checklist', LAUNCH, '--json']);
  return JSON.parse(stdout).data.open;
}

async function signAll(program: Installation): Promise<void> {
  for (const item of await openItems(program))
    expect((await program.run(['launches', 'sign', LAUNCH, item, '--note', 'done', '--yes'])).exit).toBe(0);
}

describe('launches checklist, where nobody can be asked', () => {
  it('shows every item, and exits with 3 while a required one is open', async () => {
    const program = await openingProgram();
    const { exit, stdout, stderr } = await program.run(['launches', 'checklist', LAUNCH]);
    expect({ exit, stderr }).toEqual({ exit: 3, stderr: '' });
    expect(stdout).toContain('✓ passed  policy');
    expect(stdout).toContain('○ open    load-test');
    expect(stdout).toContain('us      2015-05-19 07:00 -04:00  = 2015-05-19T11:00:00Z');
    await signAll(program);
    expect((await program.run(['launches', 'checklist', LAUNCH])).exit).toBe(0);
    const later = await program.run(['launches', 'checklist', LAUNCH, '--at', '2015-05-20T00:00Z']);
    expect(later.exit).toBe(3);
    expect(later.stdout).toContain('✗ expired on-call');
  });

  it('says how to go on where something is not proven', async () => {
    const program = await openingProgram({ serviceLevels: {} });
    const { stdout } = await program.run(['launches', 'checklist', LAUNCH]);
    expect(stdout).toContain('· us: no returns window is stated');
    expect(stdout).toContain(`  storectl launches waive ${LAUNCH} payment-methods`);
  });

  it.each(['notaurl', 'javascript:alert(1)', 'ftp://example.com/report', 'https://', 'http://exa mple.com/'])(
    'takes no link that nobody could follow: %s',
    async (link) => {
      const program = await openingProgram();
      const { exit, stderr } = await program.run(['launches', 'sign', LAUNCH, 'load-test', '--link', link, '--yes']);
      expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining('--link: error') });
      expect(stderr).toContain('a link is an http or https URL');
      expect(await openItems(program)).toContain('load-test');
    },
  );

  it('names the zones of the launch where a time has none, and suggests one of them', async () => {
    const program = await openingProgram();
    const waive = ['launches', 'waive', LAUNCH, 'load-test', '--because', 'x', '--owner', 'y', '--yes'];
    const { exit, stderr } = await program.run([...waive, '--until', '2015-05-19T10:00']);
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining('are in several: America/New_York') });
    expect(stderr).toContain('2015-05-19T10:00[America/New_York]');
  });

  it('--json has the instants as texts, and lists take the flags of lists', async () => {
    const program = await openingProgram();
    const { data } = await jsonOf(program, ['launches', 'checklist', LAUNCH], 3);
    expect(data).toMatchObject({ launch: LAUNCH, version: 1, at: '2015-05-12T09:00:00Z', go: null });
    expect(data.markets[0].startsAt).toEqual({
      utc: '2015-05-19T11:00:00Z',
      zoned: '2015-05-19T07:00:00-04:00[America/New_York]',
    });
    const listed = ['launches', 'checklist', LAUNCH, '--filter', 'state=open', '--columns', 'item', '--output', 'csv'];
    const { stdout, exit } = await program.run(listed);
    expect(exit).toBe(3);
    expect(stdout.trim().split('\n')).toEqual(['item', ...data.open]);
  });

  it.each([
    [['launches', 'checklist', 'mi-store-openin'], 5, 'Did you mean mi-store-opening?'],
    [['launches', 'checklist', LAUNCH, '--at', '2015-05-20'], 2, '--at: '],
    [['launches', 'sign', LAUNCH, 'load-test', '--yes'], 2, '--note TEXT or --link URL'],
    [['launches', 'sign', LAUNCH, 'load-tst', '--note', 'x', '--yes'], 5, 'Did you mean load-test?'],
    [['launches', 'sign', LAUNCH, 'policy', '--note', 'x', '--yes'], 2, 'nobody can sign it'],
    [['launches', 'sign', LAUNCH, 'load-test', '--note', 'x', '--until', 'never', '--yes'], 2, '--until: '],
    [['launches', 'sign', LAUNCH, 'load-test', '--note', ' ', '--yes'], 2, '--note'],
    [['launches', 'waive', LAUNCH, 'load-test', '--owner', 'x', '--yes'], 2, 'Missing --because, --until.'],
    [['launches', 'revoke', LAUNCH, 'load-test', '--yes'], 5, 'Nobody has signed or waived load-test'],
    [['checklists', 'show', 'flash-sal'], 5, 'Did you mean flash-sale?'],
  ])('%j: %i, %s', async (argv, exit, said) => {
    const program = await openingProgram();
    const ended = await program.run(argv);
    expect({ exit: ended.exit, stdout: ended.stdout }).toEqual({ exit, stdout: '' });
    expect(ended.stderr).toContain(said);
  });

  it('signs only with consent, and a dry run writes nothing', async () => {
    const program = await openingProgram();
    const argv = ['launches', 'sign', LAUNCH, 'load-test', '--note', 'held'];
    expect((await program.run(argv)).stderr).toContain('Add --yes');
    const { data } = await jsonOf(program, [...argv, '--dry-run']);
    expect(data.change).toBeNull();
    expect(data.checklist.open).not.toContain('load-test');
    expect(await openItems(program)).toContain('load-test');
  });
});

describe('letting go', () => {
  it('is refused with exit 7 and everything that is open; then it names the version, and any change voids it', async () => {
    const program = await openingProgram();
    const { error } = await jsonOf(program, ['launches', 'go', LAUNCH, '--yes'], 7);
    expect(error.code).toBe('gate-open');
    expect(error.details.open.map(({ item }: { item: string }) => item)).toEqual(await openItems(program));
    const refused = await program.run(['launches', 'go', LAUNCH, '--yes']);
    expect(refused.stderr).toContain('  load-test: The load test held at the expected number of buyers (open)');
    await signAll(program);
    const gone = await program.run(['launches', 'go', LAUNCH, '--yes']);
    expect(gone.exit).toBe(0);
    expect(gone.stdout).toContain('as version 1; any change of the launch voids that');
    expect((await jsonOf(program, ['launches', 'show', LAUNCH])).data.stock.go).toMatchObject({ stands: true });
    const changed = await program.run(['launches', 'change', LAUNCH, '--title', 'Mi Store', '--yes']);
    expect(changed.stderr).toContain('this voids the go that tester gave');
    expect((await program.run(['launches', 'show', LAUNCH])).stdout).toContain('void: it is at version 2 now');
    const shown = await program.run(['launches', 'checklist', LAUNCH]);
    expect(shown.stdout).toContain('was for version 1; the launch is at version 2 now, so it has to be let go again');
    const { data } = await jsonOf(program, ['launches', 'hold', LAUNCH, '--yes']);
    expect(data.checklist.go).toBeNull();
  });
});

describe('what people wrote', () => {
  it('cannot act on a terminal', async () => {
    const program = await openingProgram();
    await program.run(['launches', 'sign', LAUNCH, 'load-test', '--note', CLEVER, '--yes']);
    await program.run([
      ...['launches', 'waive', LAUNCH, 'on-call', '--because', CLEVER, '--owner', CLEVER],
      ...['--until', '2015-06-01T00:00Z', '--yes'],
    ]);
    const refused = await program.run(['launches', 'go', LAUNCH, '--yes', '--json']);
    expect(refused.exit).toBe(7);
    for (const extra of [[], ['--output', 'csv'], ['--json']]) {
      const { stdout, stderr } = await program.run(['launches', 'checklist', LAUNCH, ...extra]);
      expect(stdout + stderr).not.toMatch(/[\u0007\u001b\u202e]/);
      expect(stdout).toContain('seen');
    }
  });

  it('cannot pass for a line of an error', async () => {
    const program = await openingProgram();
    const note = 'held\n  Walk on with: storectl nonsense';
    await program.run([
      ...['launches', 'sign', LAUNCH, 'load-test', '--note', note],
      ...['--until', '2015-05-12T09:00:01Z', '--yes'],
    ]);
    const refused = await program.run(['launches', 'go', LAUNCH, '--yes'], { now: NOW + 2000 });
    expect(refused.exit).toBe(7);
    expect(refused.stderr).toContain('    held\\n  Walk on with: storectl nonsense\n');
  });

  it.each([40, 80, 200])('fits a terminal of %i columns', async (columns) => {
    const program = await openingProgram();
    const text = 'a rather long note with many words in it that has to be broken somewhere';
    await program.run(['launches', 'sign', LAUNCH, 'load-test', '--note', text, '--yes']);
    for (const argv of [
      ['launches', 'checklist', LAUNCH, '--no-input'],
      ['checklists', 'show', 'market-opening', '--no-input'],
      ['checklists', 'list'],
    ]) {
      const { stdout } = await program.run(argv, { columns, env: { NO_COLOR: '1' } });
      const long = stdout.split('\n').filter((line) => line.length > columns);
      expect(long).toEqual([]);
    }
  });
});

describe('checklists', () => {
  it('lists and shows those that are shipped, and the platform’s own in their place', async () => {
    const own = { title: 'Ours', items: { approval: { title: 'Somebody approves' } } };
    const program = await openingProgram({ checklists: { 'flash-sale': own } });
    const { data } = await jsonOf(program, ['checklists', 'list']);
    expect(data.map(({ id, origin }: { id: string; origin: string }) => [id, origin])).toEqual([
      ['flash-sale', 'platform'],
      ['market-opening', 'shipped'],
      ['standard', 'shipped'],
    ]);
    expect((await jsonOf(program, ['checklists', 'show', 'flash-sale'])).data.spec).toEqual(own);
    expect(await openItems(program)).toEqual(['approval']);
  });

  it('shows one as a part of a document that can be pasted', async () => {
    const program = await openingProgram();
    const { stdout } = await program.run(['checklists', 'show', 'flash-sale', '--output', 'yaml']);
    const { checklists } = parse(stdout);
    const spec = ChecklistSpec.parse(checklists['flash-sale']);
    expect((await jsonOf(program, ['checklists', 'show', 'flash-sale'])).data.spec).toEqual(spec);
    const pasted = await openingProgram({ checklists });
    expect(await openItems(pasted)).toEqual(await openItems(program));
  });
});

describe('completion', () => {
  it('knows the items of a launch, and those that somebody may sign', async () => {
    const program = await openingProgram();
    const ids = async (topic: string) => (await program.run(['ids', topic, LAUNCH])).stdout.trim().split('\n');
    const [items, manual] = [await ids('items'), await ids('manual-items')];
    expect(manual).toContain('load-test');
    expect(items).toEqual(expect.arrayContaining(manual));
    expect(items.length).toBeGreaterThan(manual.length);
    expect(await program.run(['ids', 'items'])).toMatchObject({ exit: 2, stdout: '' });
    expect((await program.run(['ids', 'items', 'nowhere'])).exit).toBe(5);
  });
});
