import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ASSERTION_FIELDS } from '../../src/cli/entries/assertion-fields.ts';
import { ASSERTION_KEYS } from '../../src/domain/document/assertion-schema.ts';
import { installation } from '../cli/support/platform.ts';

const DOCUMENT = `version: 1
markets:
  gb: { name: United Kingdom, countries: [GB], currency: GBP, locales: [en-GB], timeZone: Europe/London }
sites:
  poco-gb: { brand: poco, market: gb, role: legacy, urls: ["https://po.co/uk/"] }
  mi: { brand: mi, market: gb, role: unified, urls: ["https://www.mi.com/"] }
shutdowns:
  poco: { title: t, sites: [poco-gb], into: mi, freeze: start of 2099-10-21, dark: end of 2099-12-31, redirectsUntil: end of 2101-12-31 }
rulesets:
  poco-gb:
    site: poco-gb
    rules: rules.csv
assertions:
  pages-arrive: { kind: every-url-ends, urls: urls.txt, on: [www.mi.com], from: end of 2099-12-31, until: end of 2101-12-31 }
`;

const RULES = 'from,to,status\n/uk/a,https://www.mi.com/a,301\n/uk/b,https://www.mi.com/b,301\n';
const CONSENT = ['--yes', '--quiet'] as const;

async function applied() {
  const program = installation();
  const write = (name: string, text: string): void => writeFileSync(join(program.folder, name), text);
  write('storectl.yaml', DOCUMENT);
  write('rules.csv', RULES);
  write('urls.txt', 'https://po.co/uk/a\nhttps://po.co/uk/b?utm=1\n');
  const { exit, stderr } = await program.run(['apply', '-f', 'storectl.yaml', ...CONSENT]);
  expect({ exit, said: exit === 0 ? '' : stderr }).toEqual({ exit: 0, said: '' });
  return { program, write };
}

describe('what is asserted', () => {
  test('is kept with its URLs, checked on the platform, and exported', async () => {
    const { program } = await applied();
    const { stdout, exit } = await program.run(['assertions', 'check', '--json']);
    expect(exit).toBe(0);
    expect(JSON.parse(stdout).data.assertions).toEqual([
      expect.objectContaining({ id: 'pages-arrive', kind: 'every-url-ends', checked: 2, failed: 0, partly: false }),
    ]);
    const exported = await program.run(['export']);
    expect(exported.stdout).toContain('https://po.co/uk/b?utm=1');
    const listed = await program.run(['assertions', 'list', '--output', 'csv']);
    expect(listed.stdout).toContain('pages-arrive,every-url-ends');
    const again = await program.run(['plan', '-f', 'storectl.yaml', '--exit-code']);
    expect(again.exit).toBe(0);
  });

  test('blocks the plan that would break it, and gives way to an override with a reason alone', async () => {
    const { program, write } = await applied();
    write('rules.csv', RULES.replace('https://www.mi.com/b,301', ',410'));
    const blocked = await program.run(['apply', '-f', 'storectl.yaml', ...CONSENT]);
    expect(blocked.exit).toBe(7);
    expect(blocked.stderr).toContain('https://po.co/uk/b?utm=1 is gone (410)');
    expect(blocked.stderr).toContain('--override assertions');
    const unreasoned = await program.run(['apply', '-f', 'storectl.yaml', ...CONSENT, '--override', 'assertions']);
    expect(unreasoned.exit).toBe(2);
    const words = ['--override', 'assertions', '--reason', 'the page has gone'];
    expect((await program.run(['apply', '-f', 'storectl.yaml', ...CONSENT, ...words])).exit).toBe(0);

    const checked = await program.run(['assertions', 'check', 'pages-arrive']);
    expect(checked.exit).toBe(3);
    expect(checked.stdout).toContain('decided by rule poco-gb#2 (/uk/b)');
    const linted = await program.run(['redirects', 'lint', '--ruleset', 'poco-gb', '--json']);
    expect(linted.exit).toBe(3);
    expect(JSON.parse(linted.stdout).data.findings).toContainEqual(
      expect.objectContaining({ code: 'assertion', witness: 'https://po.co/uk/b?utm=1', at: '2100-01-01T00:00:00Z' }),
    );
  });

  test('is said by flags, and one that does not hold is not taken', async () => {
    const { program } = await applied();
    const add = ['assertions', 'add', 'no-pages', '--kind', 'nothing-captures', '--site', 'poco-gb'];
    const refused = await program.run([...add, ...CONSENT]);
    expect(refused.exit).toBe(7);
    expect(refused.stderr).toContain(
      'assertion "no-pages" does not hold from 2100-01-01T00:00:00Z until 2102-01-01T00:00:00Z: https://po.co/uk/ is',
    );
    expect((await program.run([...add, '--holds-until', 'end of 2099-12-31', ...CONSENT])).exit).toBe(0);
    expect((await program.run(['assertions', 'show', 'no-pages'])).stdout).toContain('end of 2099-12-31');
    expect((await program.run(['assertions', 'remove', 'no-pages', ...CONSENT, '--allow-deletes'])).exit).toBe(0);
    const gone = await program.run(['assertions', 'check', 'no-page']);
    expect(gone.exit).toBe(5);
  });
});

describe('what flags say', () => {
  const spec = async (program: Awaited<ReturnType<typeof applied>>['program'], id: string): Promise<unknown> => {
    const { stdout } = await program.run(['assertions', 'show', id, '--json']);
    const { data } = JSON.parse(stdout);
    return data.spec ?? data;
  };
  const ANSWERS = ['--kind', 'answers', '--expect', 'https://po.co/uk/a serve', '--expect', 'https://po.co/uk/b 200'];

  test.each([
    ['no-target', ['--target']],
    ['every-url-ends', ['--url', '--on']],
    ['nothing-captures', ['--url or --site or --market']],
    ['answers', ['--expect']],
  ])('of kind %s needs %j, and says so', async (kind, flags) => {
    const { program } = await applied();
    const { stdout, exit } = await program.run([
      'assertions',
      'add',
      'x',
      '--kind',
      kind,
      '--because',
      'y',
      '--yes',
      '--json',
    ]);
    expect(JSON.parse(stdout).error).toMatchObject({ code: 'input-needed', details: { flags } });
    expect(exit).toBe(2);
  });

  test('single answers are added, changed and taken away', async () => {
    const { program } = await applied();
    const until = ['--holds-until', 'end of 2098-12-31'];
    const added = await program.run(['assertions', 'add', 'still-there', ...ANSWERS, ...until, ...CONSENT]);
    expect(added).toMatchObject({ exit: 0 });
    expect(await spec(program, 'still-there')).toMatchObject({
      kind: 'answers',
      expect: { 'https://po.co/uk/a': { outcome: 'serve' }, 'https://po.co/uk/b': { status: 200 } },
    });
    const edits = ['--remove-expect', 'https://po.co/uk/b', '--add-expect', 'https://po.co/uk/a serve 200'];
    const changed = await program.run(['assertions', 'change', 'still-there', ...edits, ...CONSENT]);
    expect(changed).toMatchObject({ exit: 0 });
    expect(await spec(program, 'still-there')).toMatchObject({
      expect: { 'https://po.co/uk/a': { outcome: 'serve', status: 200 } },
    });
    const wrong = ['--add-expect', 'https://po.co/uk/a 301 https://www.mi.com/elsewhere'];
    const blocked = await program.run(['assertions', 'change', 'still-there', ...wrong, ...CONSENT]);
    expect(blocked.exit).toBe(7);
    expect(blocked.stderr).toContain('assertion "still-there" does not hold');
  });

  test('every key of a document has a flag', async () => {
    const { program } = await applied();
    const changes = ['--way-status', '301', '--way-status', '308', '--within', '2', '--on', 'www.mi.com'];
    expect(await program.run(['assertions', 'change', 'pages-arrive', ...changes, ...CONSENT])).toMatchObject({
      exit: 0,
    });
    expect(await spec(program, 'pages-arrive')).toMatchObject({
      kind: 'every-url-ends',
      status: [301, 308],
      within: 2,
      urls: ['https://po.co/uk/a', 'https://po.co/uk/b?utm=1'],
    });
    const homes = ['--kind', 'no-target', '--target', 'https://other.example/', '--fallbacks'];
    expect(await program.run(['assertions', 'add', 'homes', ...homes, ...CONSENT])).toMatchObject({ exit: 0 });
    expect(await spec(program, 'homes')).toMatchObject({ fallbacks: true, targets: ['https://other.example/'] });
    const flags = new Set(ASSERTION_FIELDS.map(({ key }) => key));
    expect(
      Object.values(ASSERTION_KEYS)
        .flat()
        .filter((key) => !flags.has(key)),
    ).toEqual([]);
  });

  test.each([
    ['nothing', 'https://po.co/uk/a', 'does not say what its URL answers'],
    ['another word', 'https://po.co/uk/a away', 'away is no outcome'],
    ['two statuses', 'https://po.co/uk/a 301 302', '302 is no outcome'],
  ])('an answer that says %s is refused', async (_, text, message) => {
    const { program } = await applied();
    const ended = await program.run(['assertions', 'add', 'x', '--kind', 'answers', '--expect', text, ...CONSENT]);
    expect([ended.exit, ended.stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
