import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../../src/domain/failure.ts';
import { type Installation, installation } from '../../cli/support/platform.ts';

const DOCUMENT = `version: 1
markets:
  gb: { name: United Kingdom, countries: [GB], currency: GBP, locales: [en-GB], timeZone: Europe/London }
sites:
  poco-gb: { brand: poco, market: gb, role: legacy, urls: ["https://po.co/uk/"] }
rulesets:
  poco-gb:
    site: poco-gb
    rules: [{ from: /uk/before, to: "https://www.mi.com/before" }, { from: /uk/old, to: "https://www.mi.com/old" }]
`;

const BAD = `from,to,status
/uk/good,https://www.mi.com/good,301
/uk/nowhere,notaurl,301
/uk/script,javascript:alert(1),301
/uk/status,https://www.mi.com/,999
/uk/\u001b[2Jx,https://www.mi.com/,301
https://elsewhere.example/x,https://www.mi.com/,301
`;

/** The lines that no site could make usable, and what they are. */
const WRONG = [
  [3, 'invalid-url'],
  [4, 'invalid-url'],
  [5, 'invalid-status'],
  [6, 'control-character'],
] as const;

async function poco(): Promise<Installation> {
  const own = installation({ now: Date.UTC(2024, 10, 1) });
  writeFileSync(join(own.folder, 'storectl.yaml'), DOCUMENT);
  writeFileSync(join(own.folder, 'bad.csv'), BAD);
  writeFileSync(join(own.folder, 'empty.csv'), 'from,to,status\n');
  await own.run(['apply', '-f', 'storectl.yaml', '--yes', '--no-input']);
  return own;
}

interface Told {
  readonly error: {
    readonly code: string;
    readonly exit: number;
    readonly details: {
      readonly problems: readonly { readonly code: string; readonly place: { readonly line: number } }[];
    };
  };
}

const told = (stdout: string) => (JSON.parse(stdout) as Told).error;

const linesOf = (stdout: string) => told(stdout).details.problems.map(({ code, place }) => [place.line, code] as const);

const IMPORT = ['redirects', 'import', 'bad.csv', '--ruleset', 'poco-gb', '--no-input'];

describe('rules that have the form of one and cannot be used', () => {
  it('are each named with their line by an import, those outside of the site too', async () => {
    const own = await poco();
    const { stdout, exit } = await own.run([...IMPORT, '--dry-run', '--json']);
    expect(linesOf(stdout)).toEqual([...WRONG, [7, 'outside-site']]);
    expect(exit).toBe(EXIT.usage);
    const text = await own.run([...IMPORT, '--dry-run']);
    expect(text.stderr).toContain('bad.csv:5: error invalid-status: 999 is not a status');
    expect(text.stderr).toContain('/uk/status → https://www.mi.com/');
    expect(text.stderr).not.toContain('\u001b');
  });

  it('are skipped and told by --skip-invalid, and what remains works', async () => {
    const own = await poco();
    const { stdout, exit } = await own.run([...IMPORT, '--add', '--skip-invalid', '--yes', '--json']);
    expect(exit).toBe(EXIT.done);
    const { warnings } = JSON.parse(stdout) as { readonly warnings: readonly { readonly message: string }[] };
    expect(warnings.map(({ message }) => message.split(': ')[0])).toEqual([
      ...[3, 4, 5, 6, 7].map((line) => `bad.csv:${line}`),
      '5 lines gave no rule and were skipped.',
    ]);
    expect((await own.run(['explain', 'https://po.co/uk/good', '--json'])).exit).toBe(EXIT.done);
  });

  it.each([
    ['convert', ['--to', 'csv']],
    ['convert', ['--to', 'nginx']],
    ['minimize', ['--out', '-']],
    ['verify', []],
  ])('are refused by %s %j, which writes and asks nothing', async (verb, more) => {
    const own = await poco();
    const { stdout, exit } = await own.run(['redirects', verb, 'bad.csv', ...more, '--json']);
    expect(linesOf(stdout)).toEqual(WRONG);
    expect(exit).toBe(EXIT.usage);
  });

  it('are no part of what --skip-invalid converts', async () => {
    const own = await poco();
    const { stdout, stderr } = await own.run(['redirects', 'convert', 'bad.csv', '--to', 'csv', '--skip-invalid']);
    expect(stdout.split('\n').map((line) => line.split(',')[0])).toEqual([
      'from',
      '/uk/good',
      'https://elsewhere.example/x',
      '',
    ]);
    expect(stderr).toContain('bad.csv:6');
    expect(stderr).not.toContain('\u001b');
  });
});

describe('an import that takes rules away', () => {
  const EMPTY = ['redirects', 'import', 'empty.csv', '--ruleset', 'poco-gb', '--yes', '--no-input', '--json'];

  it('down to none is refused, unless --allow-empty says so', async () => {
    const own = await poco();
    const refused = await own.run([...EMPTY, '--allow-deletes']);
    expect(told(refused.stdout)).toMatchObject({ code: 'empty-import', exit: EXIT.blocked });
    const meant = await own.run([
      ...EMPTY,
      '--allow-empty',
      '--allow-deletes',
      '--override',
      'deletes',
      '--reason',
      'x',
    ]);
    expect(meant.exit).toBe(EXIT.done);
  });

  it('deletes as many as are gone', async () => {
    const own = await poco();
    const { stdout } = await own.run([...EMPTY, '--allow-empty', '--override', 'deletes', '--reason', 'x']);
    expect(JSON.parse(stdout).error).toMatchObject({ code: 'consent-needed', details: { deletes: 2 } });
  });
});
