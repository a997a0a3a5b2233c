import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { type Corpus, type CorpusSite, govukIsPresent, readCorpus } from '../../scripts/govuk-corpus.ts';
import { type GovukDocument, govukDocument } from '../../scripts/govuk-document.ts';
import { run, temporaryFolder } from '../cli/support/in-process.ts';

const site = (name: string, more: Partial<CorpusSite>): CorpusSite => ({
  ...{ name, title: name, hosts: [], movedOn: null, archivedOn: null, whole: null, locations: [] },
  ...more,
});

const HEADER = 'Old Url,New Url,Status';
const GONE = { kind: 'gone' } as const;

/** Everything that the real one has, once. */
const SMALL: Corpus = {
  dated: [
    site('bis', { title: 'Business', hosts: ['www.bis.gov.uk', 'blogs.bis.gov.uk'], movedOn: '2012-12-13' }),
    site('bis_cic', { hosts: ['www.bis.gov.uk'], movedOn: '2013-12-13' }),
  ],
  later: [
    site('bis_blogs', { hosts: ['blogs.bis.gov.uk', 'old.bis.gov.uk'], whole: GONE, archivedOn: '2014-07-03' }),
    site('bis', { hosts: ['www.bis.gov.uk', 'bis.gov.uk'], archivedOn: '2015-01-01' }),
    site('hse', {
      hosts: ['hse.gov.uk'],
      whole: { kind: 'moved', to: 'https://www.gov.uk/hse/', status: 301, appendPath: true },
    }),
  ],
  mappings: new Map([
    ['bis', `${HEADER}\nhttp://www.bis.gov.uk/About?id=1,https://www.gov.uk/bis,301\nhttp://www.bis.gov.uk/new,,418\n`],
  ]),
};

async function written({ document, files }: GovukDocument): Promise<string> {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'redirects'));
  for (const [name, text] of files) writeFileSync(join(cwd, name), text);
  writeFileSync(join(cwd, 'storectl.yaml'), stringify(document));
  return cwd;
}

async function explained(cwd: string, url: string, at: string): Promise<readonly unknown[]> {
  const { stdout } = await run(['explain', url, '--at', at, '-f', 'storectl.yaml', '--json'], { cwd });
  const { data } = JSON.parse(stdout) as { data: { site: string; status: number; location: string | null } };
  return [data.site, data.status, data.location];
}

describe('a consolidation as a document', () => {
  const made = govukDocument(SMALL);

  test('says which host is of which site, and which is left out', () => {
    const { sites } = made.document as { sites: Record<string, { urls: readonly string[] }> };
    expect(Object.entries(sites).map(([id, { urls }]) => [id, ...urls])).toEqual([
      ['gov-uk', 'https://www.gov.uk/'],
      ['bis', 'https://www.bis.gov.uk/', 'https://bis.gov.uk/'],
      ['bis-blogs', 'https://blogs.bis.gov.uk/', 'https://old.bis.gov.uk/'],
      ['hse', 'https://hse.gov.uk/'],
    ]);
    expect(made.leftOut).toEqual(['bis_cic: its only host www.bis.gov.uk is another site’s']);
    expect(made.undecided).toBe(1);
    expect(made.files.get('undecided.csv')).toContain('http://www.bis.gov.uk/new');
  });

  test.each([
    ['https://www.bis.gov.uk/about?ID=1', 'end of 2012-12-11', ['bis', 200, null]],
    ['https://www.bis.gov.uk/about/?id=1&utm=2', 'start of 2012-12-13', ['bis', 301, 'https://www.gov.uk/bis']],
    ['http://bis.gov.uk/nobody-mapped-this', 'start of 2012-12-13', ['bis', 410, null]],
    ['http://blogs.bis.gov.uk/a', 'start of 2012-12-13', ['bis-blogs', 410, null]],
    ['http://hse.gov.uk/a/b', 'start of 2015-01-01', ['hse', 301, 'https://www.gov.uk/hse/a/b']],
  ])('answers %s at the %s', async (url, at, expected) => {
    expect(await explained(await written(made), url, at)).toEqual(expected);
  });
});

describe.skipIf(!govukIsPresent)(
  `GOV.UK’s consolidation as a document${govukIsPresent ? '' : ' (skipped: the data is not beside this checkout)'}`,
  () => {
    const made = govukDocument(readCorpus());

    test('every mapping is in it, or in the file of the undecided ones', async () => {
      const cwd = await written(made);
      const { stdout, exit } = await run(['validate', '-f', 'storectl.yaml', '--json'], { cwd });
      expect(exit).toBe(0);
      const { data } = JSON.parse(stdout) as { data: { entries: unknown; rules: number } };
      expect(data.entries).toMatchObject({ sites: 614, shutdowns: 25, rulesets: 613 });
      // 27 sites moved as a whole with the rest of their paths, by a rule that no file of mappings has.
      expect(data.rules).toBe(155_003 - 892 + 27);
      const rules = [...made.files].map(([, text]) => text.split('\n').length - 2);
      expect(rules.reduce((sum, count) => sum + count, 0)).toBe(155_003);
      expect(made.undecided).toBe(892);
    });

    test('a visitor is served until the day on which a site moved, and redirected from then on', async () => {
      const cwd = await written(made);
      const url = 'https://www.bis.gov.uk/about';
      expect(await explained(cwd, url, 'start of 2012-12-12')).toEqual(['bis', 200, null]);
      const to = 'https://www.gov.uk/government/organisations/department-for-business-innovation-skills/about';
      expect(await explained(cwd, url, 'start of 2012-12-13')).toEqual(['bis', 301, to]);
    });
  },
);
