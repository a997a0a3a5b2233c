import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentText } from '../../src/cli/document/document-text.ts';
import { beside, exportState } from '../../src/cli/document/export-files.ts';
import { loadDocument } from '../../src/cli/document/load-document.ts';
import { planDocument } from '../../src/cli/plans/plan-document.ts';
import { applyStoredPlan } from '../../src/cli/plans/stored-plan.ts';
import { Progress } from '../../src/cli/progress.ts';
import type { Client } from '../../src/client/index.ts';
import type { StoreDocument } from '../../src/domain/document/schema.ts';
import { collector, surroundingsFor, temporaryFolder } from '../cli/support/in-process.ts';
import { installation, temporaryClient } from '../cli/support/platform.ts';

const WORDS = ['a', 'b', 'c', 'd', 'e'];

/** Texts that are awkward in YAML and in CSV. */
const text = fc
  .oneof(
    fc.constantFrom(
      'yes',
      'null',
      '1e3',
      '=1+1',
      "'quoted'",
      'a: b',
      '- x',
      '#no',
      'ü, "x"',
      'two\nlines',
      '~',
      '\u00a0x',
    ),
    fc.string({ minLength: 1, maxLength: 20 }),
  )
  .map((own) => own.trim())
  .filter((own) => own !== '');

const rule = fc.record(
  {
    to: fc.constantFrom('https://www.mi.com/global/', 'https://www.mi.com/global/x?a=b&c=d#e'),
    status: fc.constantFrom(301, 302, 303, 307, 308),
    query: fc.oneof(
      fc.constantFrom('preserve' as const, 'drop' as const),
      fc.uniqueArray(fc.constantFrom('q', 'a b'), { minLength: 1 }).map((significant) => ({ significant })),
    ),
    priority: fc.integer({ min: -5, max: 5 }),
    note: text,
    enabled: fc.boolean(),
    window: fc.constantFrom<{ from?: string; until: string }>(
      { until: 'end of 2025-01-31' },
      { from: '2024-12-01T00:00Z', until: '2025-01-01T00:00Z' },
    ),
  },
  { requiredKeys: ['to'] },
);

const document: fc.Arbitrary<StoreDocument> = fc
  .record({
    sites: fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1 }),
    title: text,
    rules: fc.array(rule, { maxLength: 80 }),
    protect: fc.boolean(),
    fallback: fc.option(
      fc.constantFrom({ to: 'https://www.mi.com/global/', status: 307 as const }, { status: 410 as const }),
      { nil: undefined },
    ),
    query: fc.option(
      fc.constantFrom<'preserve' | 'drop' | { significant: string[] }>('preserve', 'drop', { significant: ['id'] }),
      {
        nil: undefined,
      },
    ),
    exempt: fc.boolean(),
    dark: fc.constantFrom('end of 2024-12-31', '2024-12-31T23:00Z', '2024-12-31T23:59:59.123[Europe/Paris]'),
  })
  .map(({ sites, title, rules, protect, fallback, query, exempt, dark }) => ({
    version: 1,
    markets: {
      gb: { name: title, countries: ['GB'], currency: 'GBP', locales: ['en-GB'], timeZone: 'Europe/London' },
    },
    sites: {
      ...Object.fromEntries(
        sites.map((id) => [
          id,
          {
            brand: title,
            market: 'gb',
            role: 'legacy' as const,
            urls: [`https://${id}.example.com/`],
            ...(protect ? { protected: true } : {}),
          },
        ]),
      ),
      into: { brand: 'xiaomi', market: 'gb', role: 'unified' as const, urls: ['https://www.mi.com/global/'] },
    },
    shutdowns: {
      close: { title, sites, into: 'into', freeze: 'start of 2024-10-21', dark, redirectsUntil: 'end of 2026-12-31' },
    },
    rulesets: {
      [sites[0] ?? 'a']: {
        site: sites[0] ?? 'a',
        rules: rules.map((own, index) => ({ from: `/p${index}`, ...own })),
        ...(fallback === undefined ? {} : { fallback }),
        ...(query === undefined ? {} : { query }),
      },
    },
    ...(exempt
      ? {
          exceptions: {
            stays: {
              urls: ['https://stays.example.com/'],
              from: ['redirect' as const],
              reason: title,
              owner: title,
              reviewBy: '2025-06-30T00:00Z',
            },
          },
        }
      : {}),
  }));

describe('planning an export right away has no changes', () => {
  test.each([
    ['with rules files beside it', true],
    ['with every rule in it', false],
  ])('%s', async (_, toFiles) => {
    await fc.assert(
      fc.asyncProperty(document, async (written) => {
        const client = await temporaryClient();
        const cwd = temporaryFolder();
        const surroundings = surroundingsFor({ cwd }, collector().stream, collector().stream);
        const progress = new Progress(surroundings, { quiet: true });
        const planned = async () => {
          const loaded = await loadDocument(surroundings, 'd.yaml');
          expect(loaded.problems).toEqual([]);
          if (loaded.document === null) throw new Error('no document');
          const whole = { ...loaded, document: loaded.document };
          return planDocument(client, whole, { allowEmpty: true, dryRun: false, progress });
        };
        writeFileSync(join(cwd, 'd.yaml'), documentText(written));
        const plan = await planned();
        const confirm = plan.confirmations.map(({ id }) => id);
        await applyStoredPlan(client, plan, { allowDeletes: false, confirm, overrides: ['rules'], reason: 'a test' });

        const exported = await exportState(client, { beside: toFiles });
        for (const [file, csv] of exported.files) {
          mkdirSync(join(cwd, 'redirects'), { recursive: true });
          writeFileSync(join(cwd, beside('d.yaml', file)), csv);
        }
        writeFileSync(join(cwd, 'd.yaml'), documentText(exported.document));
        expect((await planned()).operations).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('export', () => {
  test('is the same text whatever the order in which the keys of an entry came to be', async () => {
    const launch = {
      title: 'Opening',
      kind: 'standard',
      markets: ['us'],
      startsAt: '2030-01-01T00:00Z',
      items: { 'mi-band': { price: '9 USD', allocation: 5 } },
      holdMinutes: 5,
      protected: true,
    };
    const textOf = async (keys: readonly string[]) => {
      const shuffled = Object.fromEntries(keys.map((key) => [key, launch[key as keyof typeof launch]]));
      const value = { version: 1, launches: { opening: shuffled } };
      const client = { call: async () => ({ value }) } as unknown as Client;
      return documentText((await exportState(client, { beside: true })).document);
    };
    const keys = Object.keys(launch);
    const text = await textOf(keys);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(keys, { minLength: keys.length }), async (own) => {
        expect(await textOf(own)).toBe(text);
      }),
    );
  });

  const RULES = Array.from({ length: 51 }, (_, i) => `      - { from: /p${i}, to: "https://www.mi.com/global/" }`);
  const DOCUMENT = `version: 1
markets:
  gb: { name: UK, countries: [GB], currency: GBP, locales: [en-GB], timeZone: Europe/London }
sites:
  old: { brand: poco, market: gb, role: legacy, urls: ["https://po.co/"] }
rulesets:
  old:
    site: old
    rules:
${RULES.join('\n')}
`;

  async function applied() {
    const own = installation();
    writeFileSync(join(own.folder, 'in.yaml'), DOCUMENT);
    expect((await own.run(['apply', '-f', 'in.yaml', '--yes'])).exit).toBe(0);
    return own;
  }

  test('to standard output every rule stands in the document', async () => {
    const own = await applied();
    const { stdout } = await own.run(['export']);
    const replanned = await own.run(['plan', '-f', '-', '--exit-code'], { stdin: stdout });
    expect(replanned.exit).toBe(0);
    expect(stdout).toContain('from: /p50');
  });

  test('to a file, many rules go to a CSV file beside it', async () => {
    const own = await applied();
    const { exit, stdout } = await own.run(['export', '--out', 'out/s.yaml']);
    expect(exit).toBe(0);
    expect(stdout).toBe('Wrote out/s.yaml, and 1 file beside it\n');
    expect(readFileSync(join(own.folder, 'out/s.yaml'), 'utf8')).toContain('rules: redirects/old.csv');
    expect((await own.run(['plan', '-f', 'out/s.yaml', '--exit-code'])).exit).toBe(0);
  });

  test('replaces nothing without --force: neither the document nor a rules file', async () => {
    const own = await applied();
    mkdirSync(join(own.folder, 'out/redirects'), { recursive: true });
    writeFileSync(join(own.folder, 'out/redirects/old.csv'), 'mine');
    const refused = await own.run(['export', '--out', 'out/s.yaml']);
    expect(refused.exit).toBe(2);
    expect(refused.stderr).toContain('out/redirects/old.csv is there already');
    expect(existsSync(join(own.folder, 'out/s.yaml'))).toBe(false);
    expect((await own.run(['export', '--out', 'out/s.yaml', '--force'])).exit).toBe(0);
  });
});
