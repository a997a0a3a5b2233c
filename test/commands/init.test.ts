import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstDocumentText, idsOf } from '../../src/cli/document/first-document.ts';
import { twoYearsAfter, usualLocale, usualZone } from '../../src/cli/document/init-wizard.ts';
import { readDocument } from '../../src/domain/document/read-document.ts';
import { installation } from '../cli/support/platform.ts';

const FLAGS: Readonly<Record<string, string>> = {
  '--brand': 'POCO',
  '--url': 'https://po.co/uk/',
  '--into': 'https://www.mi.com/global/',
  '--country': 'gb',
  '--currency': 'GBP',
  '--freeze': 'start of 2024-10-21',
  '--dark': 'end of 2024-12-31',
};

function argv(flags: Readonly<Record<string, string>> = FLAGS): string[] {
  return ['init', ...Object.entries(flags).flat()];
}

describe('init', () => {
  test('writes a document that is right, with its schema beside it', async () => {
    const own = installation();
    const made = await own.run(argv());
    expect(made.exit).toBe(0);
    const text = readFileSync(join(own.folder, 'storectl.yaml'), 'utf8');
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=storectl.schema.json');
    expect(text).toContain('timeZone: Europe/London');
    expect(text).toContain('redirectsUntil: end of 2026-12-31');
    expect(existsSync(join(own.folder, 'storectl.schema.json'))).toBe(true);
    const validated = await own.run(['validate', '--json']);
    expect(JSON.parse(validated.stdout).data).toMatchObject({ problems: [], entries: { sites: 2, shutdowns: 1 } });
  });

  test('what it wrote can be planned and applied as it is', async () => {
    const own = installation({ now: Date.UTC(2024, 9, 1) });
    await own.run(argv());
    expect((await own.run(['apply', '-f', 'storectl.yaml', '--yes'])).exit).toBe(0);
  });

  test('never overwrites without --force', async () => {
    const own = installation();
    await own.run(argv());
    const before = readFileSync(join(own.folder, 'storectl.yaml'), 'utf8');
    const other = { ...FLAGS, '--brand': 'Other' };
    const refused = await own.run(argv(other));
    expect(refused.exit).toBe(2);
    expect(refused.stderr).toContain('--force');
    expect(readFileSync(join(own.folder, 'storectl.yaml'), 'utf8')).toBe(before);
    expect((await own.run([...argv(other), '--force'])).exit).toBe(0);
    expect(readFileSync(join(own.folder, 'storectl.yaml'), 'utf8')).toContain('brand: Other');
  });

  test('with nobody to ask names every missing flag at once', async () => {
    const own = installation();
    const { exit, stderr } = await own.run(['init', '--brand', 'POCO']);
    expect(exit).toBe(2);
    expect(stderr).toContain('Missing --url, --into, --country, --currency, --freeze, --dark.');
  });

  test('flags that are wrong, or contradict each other, write nothing', async () => {
    const own = installation();
    const wrong = await own.run(argv({ ...FLAGS, '--country': 'XX', '--dark': '2024-12-31' }));
    expect(wrong.exit).toBe(2);
    expect(wrong.stderr).toContain('--country XX');
    expect(wrong.stderr).toContain('--dark 2024-12-31');
    const backwards = await own.run(argv({ ...FLAGS, '--freeze': 'start of 2025-10-21' }));
    expect(backwards.exit).toBe(2);
    expect(backwards.stderr).toContain('is before freeze');
    expect(existsSync(join(own.folder, 'storectl.yaml'))).toBe(false);
  });

  test('a URL may leave its scheme out', async () => {
    const own = installation();
    const { stdout } = await own.run([
      ...argv({ ...FLAGS, '--url': 'po.co/uk', '--into': 'www.mi.com/global/' }),
      '-f',
      '-',
    ]);
    expect(stdout).toContain('- "https://po.co/uk"');
    expect(stdout).toContain('to: "https://www.mi.com/global/"');
  });

  test('- is standard output', async () => {
    const own = installation();
    const { stdout } = await own.run([...argv(), '-f', '-']);
    expect(readDocument(stdout, 'x').problems).toEqual([]);
    expect(existsSync(join(own.folder, 'storectl.yaml'))).toBe(false);
  });
});

test('any brand makes a document of the right form', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== ''),
      (brand) => {
        const first = {
          brand,
          url: 'https://po.co/uk/',
          into: 'https://www.mi.com/global/',
          country: 'GB',
          currency: 'GBP',
          locale: 'en-GB',
          timeZone: 'Europe/London',
          freeze: 'start of 2024-10-21',
          dark: 'end of 2024-12-31',
          redirectsUntil: 'end of 2026-12-31',
        };
        const { document, problems } = readDocument(firstDocumentText(first, 's.json'), 'x');
        expect(problems).toEqual([]);
        expect(document?.sites?.[idsOf(first).site]?.brand).toBe(brand.trim());
      },
    ),
  );
});

test.each([
  ['GB', 'Europe/London', 'en-GB'],
  ['FR', 'Europe/Paris', 'fr-FR'],
  ['JP', 'Asia/Tokyo', 'ja-JP'],
  ['not a country', 'UTC', 'en'],
])('what is usual in %s', (country, zone, locale) => {
  expect(usualZone(country)).toBe(zone);
  expect(usualLocale(country)).toBe(locale);
});

test.each([
  ['end of 2024-12-31', 'end of 2026-12-31'],
  ['2024-02-29T10:00[Europe/Paris]', '2026-02-28T10:00[Europe/Paris]'],
  [undefined, undefined],
])('two years after %s is %s', (dark, until) => {
  expect(twoYearsAfter(dark)).toBe(until);
});
