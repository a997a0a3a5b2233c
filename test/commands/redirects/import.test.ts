import { appendFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { OpenClient } from '../../../src/cli/connection.ts';
import { openClient } from '../../../src/client/index.ts';
import { api } from '../../../src/contract/operations/index.ts';
import { EXIT, Failure } from '../../../src/domain/failure.ts';
import { type Installation, installation } from '../../cli/support/platform.ts';

const NOVEMBER = Date.UTC(2024, 10, 1);
const MARCH = Date.UTC(2025, 2, 1);

const IMPORT = ['redirects', 'import', 'r.csv', '--ruleset', 'poco-gb'];
/** The rules of the document make place for those of the files. */
const WRITE = ['--yes', '--allow-deletes', '--override', 'deletes', '--reason', 'test'];

const csv = (count: number, to = 'https://www.mi.com/') =>
  `from,to,status\n${Array.from({ length: count }, (_, i) => `/uk/${i},${to}${i},301\n`).join('')}`;

const DOCUMENT = `version: 1
markets:
  gb: { name: United Kingdom, countries: [GB], currency: GBP, locales: [en-GB], timeZone: Europe/London }
sites:
  poco-gb: { brand: poco, market: gb, role: legacy, urls: ["https://po.co/uk/"] }
  mi-global: { brand: xiaomi, market: gb, role: unified, urls: ["https://www.mi.com/global/"] }
shutdowns:
  poco-2024:
    title: POCO closes
    sites: [poco-gb]
    into: mi-global
    freeze: start of 2024-10-21
    dark: end of 2024-12-31
    redirectsUntil: end of 2026-12-31
rulesets:
  poco-gb:
    site: poco-gb
    rules: [{ from: /uk/before, to: "https://www.mi.com/before" }, { from: /uk/old, to: "https://www.mi.com/old" }]
`;

async function poco(now = NOVEMBER): Promise<Installation> {
  const own = installation({ now });
  writeFileSync(join(own.folder, 'storectl.yaml'), DOCUMENT);
  await own.run(['apply', '-f', 'storectl.yaml', '--yes', '--confirm', 'poco-2024', '--no-input']);
  return own;
}

/** A platform that cannot be reached any more once it has taken so many batches. */
function losing(batches: number): OpenClient {
  let left = batches;
  return async (target, options) => {
    const client = await openClient(target, options);
    return {
      ...client,
      call(operation, request) {
        if (operation.name === 'rule-uploads.append') left -= 1;
        if (left >= 0) return client.call(operation, request);
        throw new Failure({
          code: 'unavailable',
          exit: EXIT.unavailable,
          message: 'The platform went away.',
          details: { permanent: true },
        });
      },
    };
  };
}

const remembered = ({ folder }: Installation): readonly string[] => {
  const imports = join(folder, 'home/state/imports');
  return existsSync(imports) ? readdirSync(imports) : [];
};

/** A platform on which somebody else ends the upload that this one goes on with. */
const sharing: OpenClient = async (target, options) => {
  const client = await openClient(target, options);
  let ended = false;
  return {
    ...client,
    async call(operation, request) {
      if (operation.name === 'rule-uploads.append' && !ended) {
        ended = true;
        await client.call(api.operations.cancel, { params: request?.params as { id: string } });
      }
      return client.call(operation, request);
    },
  };
};

async function ruleCount(own: Installation): Promise<number> {
  const { stdout } = await own.run(['redirects', 'show', 'poco-gb', '--json']);
  return (JSON.parse(stdout).data.spec.rules as { readonly count: number }).count;
}

describe('an import that was interrupted', () => {
  test('goes on where the platform stands, when the same command is run again', async () => {
    const own = await poco();
    writeFileSync(join(own.folder, 'r.csv'), csv(45_000));
    const lost = await own.run([...IMPORT, ...WRITE], { openClient: losing(2) });
    expect([lost.exit, lost.stderr]).toEqual([9, expect.stringContaining('Nothing is in force of it')]);
    expect(lost.stderr).toContain(`Go on with: storectl ${IMPORT.join(' ')}`);
    expect(await ruleCount(own)).toBeLessThan(100);
    expect(remembered(own)).toHaveLength(1);
    const again = await own.run([...IMPORT, ...WRITE]);
    expect([again.exit, again.stderr]).toEqual([0, expect.stringContaining('the platform has 40,000 rules already')]);
    expect(await ruleCount(own)).toBe(45_000);
    expect(remembered(own)).toEqual([]);
  });

  test('begins anew where the file is another one by then', async () => {
    const own = await poco();
    writeFileSync(join(own.folder, 'r.csv'), csv(25_000));
    await own.run([...IMPORT, ...WRITE], { openClient: losing(1) });
    writeFileSync(join(own.folder, 'r.csv'), csv(25_000, 'https://www.mi.com/other/'));
    const again = await own.run([...IMPORT, ...WRITE]);
    expect([again.exit, again.stderr]).toEqual([0, expect.stringContaining('it begins anew')]);
    const shown = await own.run(['redirects', 'export', '--ruleset', 'poco-gb', '--format', 'csv', '--quiet']);
    expect(shown.stdout).toContain('/uk/0,https://www.mi.com/other/0');
  });

  test('goes on from standard input too, and says where that holds something else', async () => {
    const own = await poco();
    const argv = ['redirects', 'import', '-', '--ruleset', 'poco-gb', ...WRITE];
    await own.run(argv, { stdin: csv(25_000), openClient: losing(1) });
    const other = await own.run(argv, { stdin: csv(25_000, 'https://www.mi.com/other/') });
    expect([other.exit, other.stderr]).toEqual([2, expect.stringContaining('began with 20000 other rules')]);
    expect((await own.run(argv, { stdin: csv(25_000) })).exit).toBe(0);
  });
});

test('an import whose upload somebody else ends brings its files by itself', async () => {
  const own = await poco();
  writeFileSync(join(own.folder, 'r.csv'), csv(25_000));
  const { exit, stderr } = await own.run([...IMPORT, ...WRITE], { openClient: sharing });
  expect([exit, stderr]).toEqual([0, expect.stringContaining('imported by somebody else too')]);
  expect(await ruleCount(own)).toBe(25_000);
});

describe('files that were brought', () => {
  test('are not sent again for a plan that was refused, unless they changed', async () => {
    const own = await poco();
    writeFileSync(join(own.folder, 'r.csv'), csv(2_000));
    expect((await own.run([...IMPORT, '--yes'])).exit).toBe(7);
    const again = await own.run([...IMPORT, ...WRITE]);
    expect(again.stderr).toContain('2,000 rules of these files are on the platform already');
    expect([again.exit, await ruleCount(own)]).toEqual([0, 2_000]);
    await own.run([...IMPORT, '--dry-run']);
    appendFileSync(join(own.folder, 'r.csv'), '/uk/more,https://www.mi.com/more,301\n');
    const changed = await own.run([...IMPORT, ...WRITE]);
    expect([changed.exit, changed.stderr.includes('already')]).toEqual([0, false]);
    expect(await ruleCount(own)).toBe(2_001);
  });

  test('leave nothing behind where a line is bad, and every bad line is told or counted', async () => {
    const own = await poco();
    writeFileSync(join(own.folder, 'r.csv.gz'), gzipSync(`${csv(30_000)}${',x\n'.repeat(1_200)}`));
    const argv = ['redirects', 'import', 'r.csv.gz', '--ruleset', 'poco-gb'];
    const { exit, stdout } = await own.run([...argv, ...WRITE, '--json']);
    const { message, details } = JSON.parse(stdout).error;
    expect([exit, message]).toEqual([2, '1,200 lines give no rule, 30,000 do. Nothing was written.']);
    expect(details).toMatchObject({ count: 1_200 });
    expect(details.problems).toHaveLength(1_000);
    expect(details.problems[0]).toMatchObject({ place: { file: 'r.csv.gz', line: 30_002 } });
    expect(remembered(own)).toEqual([]);
    const skipped = await own.run([...argv, ...WRITE, '--skip-invalid']);
    expect([skipped.exit, await ruleCount(own)]).toEqual([0, 30_000]);
    expect(skipped.stderr).toContain('1,200 lines gave no rule and were skipped; the first 1,000 are told.');
  });

  test('join the rules that are there', async () => {
    const own = await poco();
    const before = await ruleCount(own);
    writeFileSync(join(own.folder, 'r.csv'), csv(1_500));
    expect((await own.run([...IMPORT, '--add', '--yes'])).exit).toBe(0);
    expect(await ruleCount(own)).toBe(before + 1_500);
  });

  test.each([
    ['few', 12],
    ['many', 1_500],
  ])('join the rules that are there once, however often they are brought: %s', async (_, count) => {
    const own = await poco();
    writeFileSync(join(own.folder, 'r.csv'), csv(count));
    const argv = [...IMPORT, '--add', '--yes'];
    await own.run(argv);
    const once = await ruleCount(own);
    const again = await own.run([...argv, '--json']);
    const { data, warnings } = JSON.parse(again.stdout);
    expect([again.exit, data.change, data.plan.operations]).toEqual([0, null, []]);
    expect(warnings.map(({ message }: { message: string }) => message)).toEqual([
      `${count === 12 ? '12' : '1,500'} rules stand there already; they are not added again.`,
    ]);
    appendFileSync(join(own.folder, 'r.csv'), '/uk/more,https://www.mi.com/more,302\n');
    const more = await own.run(argv);
    expect([more.exit, more.stderr]).toEqual([0, expect.stringContaining('rules stand there already')]);
    expect(await ruleCount(own)).toBe(once + 1);
  });

  test('are told apart from rules of other targets, options and windows, which are there to be judged', async () => {
    const own = await poco();
    const lines = [
      { from: '/uk/a', to: 'https://www.mi.com/a', query: { significant: ['b', 'a'] } },
      { from: '/uk/b', to: 'https://www.mi.com/b', window: { from: '2025-01-01T00:00:00Z' }, note: 'ü' },
      { from: '/uk/c', to: 'https://www.mi.com/c', status: 302, priority: 3 },
      { from: '/uk/d', status: 410 },
    ];
    const ndjson = (rules: readonly object[]) => rules.map((rule) => `${JSON.stringify(rule)}\n`).join('');
    writeFileSync(join(own.folder, 'r.ndjson'), ndjson(lines));
    const argv = ['redirects', 'import', 'r.ndjson', '--ruleset', 'poco-gb', '--add', '--yes'];
    const first = await own.run(argv);
    expect([first.exit, first.stderr.includes('already')]).toEqual([0, false]);
    const again = await own.run(argv);
    expect([again.exit, again.stderr]).toEqual([0, expect.stringContaining('4 rules stand there already')]);
    writeFileSync(join(own.folder, 'r.ndjson'), ndjson([{ ...lines[0], to: 'https://www.mi.com/other' }]));
    const other = await own.run(argv);
    expect([other.exit, other.stderr.includes('already')]).toEqual([7, false]);
  });

  test('that were interrupted are counted without the rules that are there', async () => {
    const own = await poco();
    writeFileSync(join(own.folder, 'r.csv'), csv(45_000));
    const argv = [...IMPORT, '--add', ...WRITE];
    await own.run(argv, { openClient: losing(2) });
    const again = await own.run(argv);
    // Of 40,000 that have arrived, two were in the ruleset before.
    expect([again.exit, again.stderr]).toEqual([0, expect.stringContaining('has 39,998 rules of these files already')]);
    expect(await ruleCount(own)).toBe(45_002);
  });
});

describe('a draft', () => {
  test('is checked, changes nothing, and is put in force later', async () => {
    const own = await poco();
    writeFileSync(join(own.folder, 'r.csv'), csv(3));
    const before = await ruleCount(own);
    const drafted = await own.run([...IMPORT, '--draft', '--override', 'deletes', '--reason', 'test', '--json']);
    const { plan, change, draft } = JSON.parse(drafted.stdout).data;
    expect([drafted.exit, change, plan.operations.length]).toEqual([0, null, 1]);
    expect(draft).toMatchObject({ ruleset: 'poco-gb', count: 3 });
    expect(await ruleCount(own)).toBe(before);
    const argv = ['redirects', 'import', '--content', draft.content, '--ruleset', 'poco-gb'];
    expect((await own.run([...argv, ...WRITE])).exit).toBe(0);
    expect(await ruleCount(own)).toBe(3);
    expect((await own.run([...argv, 'r.csv', ...WRITE])).exit).toBe(2);
    expect((await own.run(['redirects', 'import', '--content', 'nonsense', '--ruleset', 'poco-gb'])).exit).toBe(2);
  });

  test('is not said to be nothing, though it was a dry run', async () => {
    const own = await poco();
    writeFileSync(join(own.folder, 'r.csv'), csv(3));
    const { stdout } = await own.run([...IMPORT, '--draft', '--override', 'deletes', '--reason', 'test']);
    expect(stdout).toContain('A draft of 3 rules is kept for a week.');
    expect(stdout).not.toContain('Nothing was written');
  });

  test('that a guard blocks is kept all the same, and named', async () => {
    const own = await poco();
    writeFileSync(join(own.folder, 'r.csv'), csv(3));
    const { exit, stderr } = await own.run([...IMPORT, '--draft']);
    expect([exit, stderr]).toEqual([
      7,
      expect.stringContaining('The draft is kept for a week: storectl redirects import --content'),
    ]);
  });
});

describe('rules that begin later', () => {
  test('are shown with their instant, and answer from it', async () => {
    const own = await poco(MARCH);
    writeFileSync(join(own.folder, 'r.csv'), csv(3));
    const argv = [...IMPORT, '--in-force', 'start of 2025-05-01', ...WRITE];
    const written = await own.run(argv);
    expect([written.exit, written.stderr]).toEqual([0, expect.stringContaining('inForceFrom')]);
    const at = async (time: string) => {
      const { stdout } = await own.run(['explain', 'https://po.co/uk/1', '--at', time, '--json']);
      return JSON.parse(stdout).data as { readonly location: string; readonly nextChangeAt: string | null };
    };
    // 1 May begins in London an hour before it does in UTC.
    expect((await at('2025-04-30T22:59:59Z')).nextChangeAt).toBe('2025-04-30T23:00:00Z');
    expect((await at('2025-04-30T22:59:59Z')).location).not.toBe('https://www.mi.com/1');
    expect((await at('2025-04-30T23:00Z')).location).toBe('https://www.mi.com/1');
    expect((await own.run(['redirects', 'show', 'poco-gb'])).stdout).toContain('2025-04-30T23:00:00Z');
    const { stdout } = await own.run(['changes', 'list', '--json']);
    const change = JSON.parse(stdout).data[0].id as string;
    const undone = await own.run(['rollback', change, ...WRITE]);
    expect(undone.exit).toBe(0);
    expect((await at('2025-04-30T23:00Z')).location).not.toBe('https://www.mi.com/1');
  });

  test('make place for a corrected file, and are no consent to one that would answer at once', async () => {
    const own = await poco(MARCH);
    writeFileSync(join(own.folder, 'r.csv'), csv(3));
    await own.run([...IMPORT, '--in-force', 'start of 2025-05-01', ...WRITE]);
    writeFileSync(join(own.folder, 'r.csv'), csv(4));
    expect((await own.run([...IMPORT, ...WRITE])).exit).toBe(0);
    const { stdout } = await own.run(['redirects', 'show', 'poco-gb', '--json']);
    const revisions = JSON.parse(stdout).data.revisions as readonly { readonly revision: number }[];
    expect(revisions.map(({ revision }) => revision)).toEqual([1, 3]);
    expect(revisions.at(-1)).toMatchObject({ from: { utc: '2025-04-30T23:00:00Z' }, spec: { rules: { count: 4 } } });
    writeFileSync(join(own.folder, 'r.csv'), csv(5));
    expect((await own.run([...IMPORT, ...WRITE], { now: Date.UTC(2025, 4, 2) })).exit).toBe(7);
  });

  test('that are to begin in the dark are refused where it is dark, and pinned to its instant where it is not', async () => {
    const own = await poco(MARCH);
    writeFileSync(join(own.folder, 'r.csv'), csv(3));
    expect((await own.run([...IMPORT, '--in-force', 'dark', ...WRITE])).exit).toBe(7);
    const early = await poco();
    writeFileSync(join(early.folder, 'r.csv'), csv(3));
    expect((await early.run([...IMPORT, '--in-force', 'dark', ...WRITE])).exit).toBe(0);
    const { stdout } = await early.run(['redirects', 'show', 'poco-gb', '--json']);
    expect(JSON.parse(stdout).data.revisions.at(-1)).toMatchObject({ from: { utc: '2025-01-01T00:00:00Z' } });
  });

  test('that no time is meant by is an error that names the flag', async () => {
    const own = await poco();
    writeFileSync(join(own.folder, 'r.csv'), csv(3));
    const { exit, stderr } = await own.run([...IMPORT, '--in-force', '2025-05-01', ...WRITE]);
    expect([exit, stderr]).toEqual([2, expect.stringContaining('--in-force')]);
  });
});
