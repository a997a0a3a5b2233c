import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Installation, installation } from '../../cli/support/platform.ts';
import { ONE_RULE } from '../one-rule.ts';

const NOVEMBER = Date.UTC(2024, 10, 1);
const WHY = /^Warning: sk\.csv:3: .*nonsense/m;
const COUNT = 'Warning: One line gave no rule and was skipped.';
const IMPORT = ['redirects', 'import', 'sk.csv', '--ruleset', 'poco-gb', '--skip-invalid'];
/** Another target for the rule that is there. */
const CONFLICT = 'from,to\n/uk/old,https://www.mi.com/b\n/uk/k2,nonsense\n';
/** The one rule that is there may not go without this. */
const MAY_DELETE = ['--allow-deletes', '--override', 'deletes', '--reason', 'test'];

async function poco(rules = 'from,to\n/uk/k9,https://www.mi.com/a\n/uk/k2,nonsense\n'): Promise<Installation> {
  const own = installation({ now: NOVEMBER });
  writeFileSync(join(own.folder, 'storectl.yaml'), ONE_RULE);
  writeFileSync(join(own.folder, 'sk.csv'), rules);
  expect((await own.run(['apply', '-f', 'storectl.yaml', '--yes', '--no-input'])).exit).toBe(0);
  return own;
}

test('lines that are skipped are told before the plan, and not again', async () => {
  const own = await poco();
  const { exit, stderr } = await own.run([...IMPORT, '--add', '--yes']);
  expect([exit, stderr]).toEqual([0, expect.stringMatching(WHY)]);
  expect(stderr.indexOf(COUNT)).toBeGreaterThan(stderr.indexOf('sk.csv:3'));
  expect(stderr.indexOf('Plan for')).toBeGreaterThan(stderr.indexOf(COUNT));
  expect(stderr.split(COUNT)).toHaveLength(2);
});

test.each([
  ['a guard blocks', ['--add', '--yes'], 'guard-blocked', 7, CONFLICT],
  ['consent is missing', MAY_DELETE, 'consent-needed', 2, undefined],
  ['none are left', ['--yes'], 'empty-import', 7, 'from,to\n/uk/k9,nonsense\n/uk/k2,nonsense\n'],
] as const)('are told where %s', async (_, flags, code, exit, rules) => {
  const own = await poco(rules);
  const text = await own.run([...IMPORT, ...flags]);
  expect([text.exit, text.stderr]).toEqual([exit, expect.stringMatching(WHY)]);
  expect(text.stderr.indexOf('Error:')).toBeGreaterThan(text.stderr.indexOf('skipped.'));
  const { error } = JSON.parse((await own.run([...IMPORT, ...flags, '--json'])).stdout);
  expect(error).toMatchObject({ code, exit });
  expect(error.details.warnings).toContainEqual({
    code: 'line-skipped',
    message: expect.stringMatching(/^sk\.csv:3: .*nonsense/),
  });
  expect(error.details.warnings.at(-1)).toMatchObject({ code: 'lines-skipped' });
});

test.each([
  ['convert', ['redirects', 'convert', 'sk.csv', '--to', 'csv', '--out', 'there.csv']],
  ['minimize', ['redirects', 'minimize', 'sk.csv', '--out', 'there.csv']],
])('are told by %s where nothing can be written', async (_, argv) => {
  const own = await poco();
  writeFileSync(join(own.folder, 'there.csv'), 'mine\n');
  const { exit, stderr } = await own.run([...argv, '--skip-invalid']);
  expect([exit, stderr]).toEqual([expect.any(Number), expect.stringMatching(WHY)]);
  expect(exit).not.toBe(0);
  expect(stderr).toContain(COUNT);
});
