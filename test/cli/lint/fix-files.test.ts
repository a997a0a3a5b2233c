import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { run, temporaryFolder } from '../support/in-process.ts';

const segment = fc.constantFrom('a', 'b', 'A', ':x', '*', '.*', 'ü', '%41', '%', 'x,y', '"', '(');
const path = fc.array(segment, { maxLength: 2 }).map((segments) => `/${segments.join('/')}`);
const host = fc.constantFrom(
  '',
  '',
  'po.co',
  'https://po.co',
  'http://po.co',
  'https://www.mi.com',
  '//evil',
  'ftp://x',
);
const rule = fc.record({
  from: fc.tuple(host, path).map((parts) => parts.join('')),
  to: fc.tuple(host, path).map((parts) => parts.join('')),
  status: fc.constantFrom('', '301', '302', '308', '200'),
  match: fc.constantFrom('', '', 'exact', 'prefix', 'pattern', 'regex'),
  query: fc.constantFrom('', '', 'drop', 'significant:q'),
  'window.from': fc.constantFrom('', '', 'end of 2025-01-01'),
});
const COLUMNS = ['from', 'to', 'status', 'match', 'query', 'window.from'] as const;
const cell = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

test('a file that was mended lints no worse, has what it began with, and is not mended again', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(rule, { minLength: 1, maxLength: 10 }),
      fc.constantFrom('', '\uFEFF'),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom([], ['--fallback', '410'], ['--fallback', 'https://po.co/a']),
      async (rules, bom, end, fallback) => {
        const cwd = temporaryFolder();
        const file = join(cwd, 'r.csv');
        const lines = rules.map((one) => COLUMNS.map((column) => cell(one[column])).join(','));
        writeFileSync(file, bom + [COLUMNS.join(','), ...lines].join(end));
        const lint = async (...flags: readonly string[]) => {
          const argv = ['redirects', 'lint', 'r.csv', '--url', 'https://po.co/', ...fallback, ...flags, '--json'];
          const { exit, stdout } = await run(argv, { cwd });
          expect([0, 3]).toContain(exit);
          return JSON.parse(stdout).data as { readonly findings: readonly { code: string }[]; readonly fixed?: number };
        };
        // A chain that is led to its end at once may become temporary as a whole.
        const faults = ({ findings }: Awaited<ReturnType<typeof lint>>): number =>
          findings.filter(({ code }) => code !== 'temporary-status').length;
        const before = await lint();
        expect(faults(await lint('--fix'))).toBeLessThanOrEqual(faults(before));
        const mended = readFileSync(file, 'utf8');
        expect(mended.startsWith(bom + COLUMNS.join(',') + end)).toBe(true);
        expect((await lint('--fix')).fixed).toBe(0);
        expect(readFileSync(file, 'utf8')).toBe(mended);
      },
    ),
    { numRuns: 50 },
  );
});
