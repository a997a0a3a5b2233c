import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Ended, run, temporaryFolder } from '../support/in-process.ts';

const RULES = [
  'Old Url;New Url;Status;Note',
  'po.co/a;https://po.co/b;301;"kept; as it is"',
  'po.co/b;https://www.mi.com/b;302;',
  'po.co/c;https://www.mi.com/c;;',
  '',
  'po.co/c/;https://www.mi.com/c;;',
  'po.co/d;https://po.co/d;301;',
];

interface Sarif {
  readonly ruleId: string;
  readonly locations?: readonly { readonly physicalLocation: unknown }[];
}

async function lint(text: string, ...flags: readonly string[]): Promise<Ended & { readonly file: string }> {
  const cwd = temporaryFolder();
  const file = join(cwd, 'rules.csv');
  writeFileSync(file, text);
  const ended = await run(['redirects', 'lint', 'rules.csv', ...flags], { cwd });
  return { ...ended, file };
}

describe('redirects lint', () => {
  test('--fix changes the lines that it mends, and no byte of the others', async () => {
    const { exit, stdout, file } = await lint(RULES.join('\r\n'), '--fix');
    expect(exit).toBe(3);
    expect(stdout).toContain('2 findings mended in the files');
    expect(readFileSync(file, 'utf8').split('\r\n')).toEqual([
      RULES[0],
      'po.co/a;https://www.mi.com/b;302;"kept; as it is"',
      RULES[2],
      RULES[3],
      '',
      RULES[6],
    ]);
  });

  test('--fix says so where a file cannot hold the fix, and writes nothing', async () => {
    const text = 'from,to\npo.co/a,https://po.co/b\npo.co/b,https://www.mi.com/b\n';
    const mended = await lint(text, '--fix');
    expect(readFileSync(mended.file, 'utf8')).toBe(text.replace('https://po.co/b', 'https://www.mi.com/b'));
    const ended = await run(['redirects', 'lint', '-', '--fix'], { cwd: temporaryFolder(), stdin: text });
    expect(ended).toMatchObject({ exit: 2, stdout: '' });
    expect(ended.stderr).toContain('cannot be fixed in place');
  });

  test('--format github marks each line', async () => {
    const { stdout } = await lint(RULES.join('\n'), '--format', 'github');
    expect(stdout.split('\n')).toContain(
      '::error file=rules.csv,line=7,title=loop::po.co/d: a visitor of https://po.co/d is sent there again and again (see https://po.co/d)',
    );
  });

  test('--format sarif is a SARIF 2.1.0 log with a place for each result', async () => {
    const { stdout } = await lint(RULES.join('\n'), '--format', 'sarif');
    const log = JSON.parse(stdout);
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    const ids: readonly string[] = run.tool.driver.rules.map((rule: { id: string }) => rule.id);
    for (const { ruleId, ruleIndex, level } of run.results) {
      expect(ids[ruleIndex]).toBe(ruleId);
      expect(['error', 'warning', 'note']).toContain(level);
    }
    const loop = run.results.find((result: { ruleId: string }) => result.ruleId === 'loop');
    expect(loop.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'rules.csv' },
      region: { startLine: 7 },
    });
  });

  test('a screen shows some of each code, a pipe all of them', async () => {
    const cwd = temporaryFolder();
    const rules = Array.from({ length: 60 }, (_, page) => `po.co/${page},http://www.mi.com/${page}`);
    writeFileSync(join(cwd, 'rules.csv'), `from,to\n${rules.join('\n')}\n`);
    const shown = (text: string): number => text.split('(insecure-target)').length - 1;
    const screen = await run(['redirects', 'lint', 'rules.csv'], { cwd, columns: 80 });
    expect(shown(screen.stdout)).toBe(10);
    expect(screen.stdout).toContain('and 50 more of insecure-target (| less shows all)');
    expect(shown((await run(['redirects', 'lint', 'rules.csv'], { cwd })).stdout)).toBe(60);
  });

  test('--case, --trailing-slash and --query say what the rules mean', async () => {
    const codes = async (text: string, ...flags: readonly string[]): Promise<readonly string[]> => {
      const { stdout } = await lint(`from,to\n${text}`, '--url', 'https://po.co/', '--json', ...flags);
      return JSON.parse(stdout).data.findings.map(({ code }: { readonly code: string }) => code);
    };
    const twins = 'po.co/a,https://www.mi.com/a\npo.co/A,https://www.mi.com/b\n';
    expect(await codes(twins)).toEqual(['case-twins']);
    expect(await codes(twins, '--case', 'ignore')).toEqual(['conflict']);
    const slashes = 'po.co/a,https://www.mi.com/a\npo.co/a/,https://www.mi.com/b\n';
    expect(await codes(slashes)).toEqual(['conflict']);
    expect(await codes(slashes, '--trailing-slash', 'strict')).toEqual([]);
    const queries = 'po.co/a?x=1,https://www.mi.com/a\n';
    expect(await codes(queries)).toEqual([]);
    expect(await codes(queries, '--query', 'significant:q')).toEqual(['invalid-query']);
  });

  test('--format json is what --json prints', async () => {
    const [one, other] = [await lint(RULES.join('\n'), '--format', 'json'), await lint(RULES.join('\n'), '--json')];
    expect(one.stdout).toBe(other.stdout);
  });

  test('--severity changes what fails; a code that is not known is refused', async () => {
    const { exit, stdout } = await lint(RULES.join('\n'), '--severity', 'loop=warning', '--severity', 'chain=off');
    expect(exit).toBe(0);
    expect(stdout).toContain('warning: a visitor of https://po.co/d');
    expect(stdout).not.toContain('(chain)');
    expect(await lint(RULES.join('\n'), '--severity', 'lop=off')).toMatchObject({ exit: 2, stdout: '' });
  });
});

describe('files of other formats', () => {
  const lintFile = async (name: string, content: string | Uint8Array, ...flags: readonly string[]) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, name), content);
    const ended = await run(['redirects', 'lint', name, ...flags], { cwd });
    return { ...ended, text: () => readFileSync(join(cwd, name), 'utf8') };
  };
  const NDJSON = [
    '{"from":"po.co/a","to":"https://po.co/b","note":"kept"}',
    '',
    '{"from":"po.co/b","to":"https://www.mi.com/b","status":302}',
    '{"from":"po.co/b","to":"https://www.mi.com/b","status":302}',
  ];

  test('NDJSON is linted and mended in its lines', async () => {
    const { exit, text } = await lintFile('rules.ndjson', `${NDJSON.join('\n')}\n`, '--fix');
    expect(exit).toBe(0);
    expect(text().split('\n')).toEqual([
      '{"from":"po.co/a","to":"https://www.mi.com/b","note":"kept","status":302}',
      '',
      NDJSON[2],
      '',
    ]);
  });

  test('_redirects is linted and mended in its lines, comments and all', async () => {
    const lines = [
      '# moved in 2024',
      'https://po.co/a   https://po.co/b  301  # first',
      'https://po.co/b   https://www.mi.com/b 302',
    ];
    const { text } = await lintFile('_redirects', `${lines.join('\n')}\n`, '--fix');
    expect(text().split('\n')).toEqual([
      lines[0],
      'https://po.co/a   https://www.mi.com/b  302  # first',
      lines[2],
      '',
    ]);
  });

  test('a packed file is linted, and not mended in place', async () => {
    const packed = gzipSync(`${NDJSON.join('\n')}\n`);
    const found = await lintFile('rules.ndjson.gz', packed, '--json');
    const codes = JSON.parse(found.stdout).data.findings.map(({ code }: { code: string }) => code);
    expect(codes).toContain('duplicate');
    const refused = await lintFile('rules.ndjson.gz', packed, '--fix');
    expect(refused).toMatchObject({ exit: 2, stdout: '' });
    expect(refused.stderr).toContain('it is packed');
  });

  test('an empty file is no file of rules', async () => {
    const { exit, stdout, stderr } = await lintFile('rules.csv', '\n');
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain('rules.csv holds no rules: it is empty');
  });

  test('an unknown code or level gets the nearest one', async () => {
    const { stderr } = await lintFile('rules.ndjson', NDJSON.join('\n'), '--severity', 'chan=off');
    expect(stderr).toContain('Did you mean chain=off?');
    const other = await lintFile('rules.ndjson', NDJSON.join('\n'), '--severity', 'chain=warn');
    expect(other.stderr).toContain('Did you mean chain=warning?');
  });
});

describe('with a document', () => {
  const DOCUMENT = `version: 1
markets:
  gb: { name: United Kingdom, countries: [GB], currency: GBP, locales: [en-GB], timeZone: Europe/London }
sites:
  poco-gb: { brand: poco, market: gb, role: legacy, urls: ["https://po.co/uk/"] }
  mi: { brand: mi, market: gb, role: unified, urls: ["https://www.mi.com/"] }
shutdowns:
  poco: { title: t, sites: [poco-gb], into: mi, freeze: start of 2024-10-21, dark: end of 2024-12-31, redirectsUntil: end of 2026-12-31 }
rulesets:
  poco-gb:
    site: poco-gb
    rules: rules.csv
    lint:
      severity: { insecure-target: error }
      allow: [{ code: insecure-target, from: /uk/b, reason: The camera has no certificate. }]
assertions:
  pages-arrive:
    kind: every-url-ends
    urls: urls.txt
    on: [www.mi.com]
    from: end of 2024-12-31
    reason: Bookmarks must not break.
`;
  const folderWith = (extra: Readonly<Record<string, string>> = {}): string => {
    const cwd = temporaryFolder();
    const files = {
      'storectl.yaml': DOCUMENT,
      'rules.csv': 'from,to\n/uk/a,http://www.mi.com/a\n/uk/b,http://www.mi.com/b\n',
      'urls.txt': '# the first\nhttps://po.co/uk/a\n',
      ...extra,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    return cwd;
  };

  test('files are linted under the settings of the ruleset that names them', async () => {
    const cwd = folderWith();
    const ended = await run(['redirects', 'lint', 'rules.csv', '--json'], { cwd });
    const { findings } = JSON.parse(ended.stdout).data;
    expect(findings).toEqual([expect.objectContaining({ code: 'insecure-target', severity: 'error' })]);
    expect(findings[0].rules).toEqual([{ file: 'rules.csv', line: 2, from: '/uk/a' }]);
    expect(ended.exit).toBe(3);
    const told = await run(['redirects', 'lint', 'rules.csv', '--severity', 'insecure-target=info'], { cwd });
    expect(told).toMatchObject({ exit: 0 });
  });

  test('the document itself is linted over its schedule, with what it asserts', async () => {
    const ended = await run(['redirects', 'lint', '-f', 'storectl.yaml', '--json'], { cwd: folderWith() });
    expect(ended.exit).toBe(3);
    const { findings, rules } = JSON.parse(ended.stdout).data;
    expect(rules).toBe(2);
    expect(findings.map(({ code, witness, at }: Readonly<Record<string, string>>) => [code, witness, at])).toEqual([
      ['insecure-target', 'https://po.co/uk/a', null],
      ['assertion', 'https://po.co/uk/a', '2027-01-01T00:00:00Z'],
    ]);
    expect(findings[1].message).toContain('Bookmarks must not break.');
  });

  test('what the state of a site decides has its place in the document, in every format', async () => {
    const urls = 'urls: ["https://po.co/uk/a"]';
    const document = DOCUMENT.replace('urls: urls.txt', urls).replace('/uk/b, reason', '/uk/z, reason');
    const cwd = folderWith({ 'storectl.yaml': document });
    const line = (text: string): number => document.split('\n').findIndex((one) => one.includes(text)) + 1;
    const lint = async (format: string): Promise<string> =>
      (await run(['redirects', 'lint', '-f', 'storectl.yaml', '--format', format], { cwd })).stdout;
    const github = (await lint('github')).split('\n');
    expect(github).toContainEqual(
      expect.stringContaining(
        `::error file=storectl.yaml,line=${line(urls)},title=assertion::assertion "pages-arrive"`,
      ),
    );
    expect(github).toContainEqual(
      expect.stringContaining(`::notice file=storectl.yaml,line=${line('allow:')},title=unused-allow::no finding`),
    );
    const { results } = JSON.parse(await lint('sarif')).runs[0];
    const places = results.flatMap(({ ruleId, locations = [] }: Sarif) =>
      ruleId === 'assertion' ? locations.map((one) => one.physicalLocation) : [],
    );
    expect(places).toContainEqual({ artifactLocation: { uri: 'storectl.yaml' }, region: { startLine: line(urls) } });
  });

  test('validate and assertions check say the same', async () => {
    const cwd = folderWith();
    const validated = await run(['validate', '--json'], { cwd });
    expect(validated.exit).toBe(2);
    const problems: { readonly code: string }[] =
      JSON.parse(validated.stdout).error?.details?.problems ?? JSON.parse(validated.stdout).data.problems;
    expect(problems.find(({ code }) => code === 'assertion')).toMatchObject({
      code: 'assertion',
      file: 'urls.txt',
      line: 2,
    });
    const checked = await run(['assertions', 'check', '-f', 'storectl.yaml'], { cwd });
    expect(checked.exit).toBe(3);
    expect(checked.stdout).toContain('pages-arrive every-url-ends does not hold for 1 of 1 URL');
    const mended = DOCUMENT.replace('    reason: Book', '    until: end of 2026-12-31\n    reason: Book');
    const good = await run(['assertions', 'check', '-f', 'storectl.yaml', '--json'], {
      cwd: folderWith({ 'storectl.yaml': mended }),
    });
    expect(good.exit).toBe(0);
    expect(JSON.parse(good.stdout).data.assertions).toEqual([
      expect.objectContaining({ id: 'pages-arrive', checked: 1, failed: 0, failures: [] }),
    ]);
  });

  test('a URL that is none is reported on its line of the file', async () => {
    const cwd = folderWith({ 'urls.txt': 'https://po.co/uk/a\n\nftp://po.co/\n' });
    const { exit, stdout, stderr } = await run(['validate'], { cwd });
    expect(exit).toBe(2);
    expect(stdout + stderr).toContain('urls.txt:3');
  });

  test('settings that must not be are told, with the nearest code for a misspelt one', async () => {
    const wrong = DOCUMENT.replace('insecure-target: error', 'loop: off').replace(
      'code: insecure-target',
      'code: chian',
    );
    const { stdout, stderr } = await run(['validate'], { cwd: folderWith({ 'storectl.yaml': wrong }) });
    expect(stdout + stderr).toContain('did you mean `chain`?');
    const firm = DOCUMENT.replace('insecure-target: error', 'loop: off');
    const ended = await run(['validate'], { cwd: folderWith({ 'storectl.yaml': firm }) });
    expect(ended.stdout + ended.stderr).toContain('`loop` is an error wherever it is found');
    const kind = DOCUMENT.replace('kind: every-url-ends', 'kind: every-url-end');
    const other = await run(['validate'], { cwd: folderWith({ 'storectl.yaml': kind }) });
    expect(other.stdout + other.stderr).toContain('did you mean `every-url-ends`?');
    const key = DOCUMENT.replace('    on: [www.mi.com]', '    onn: [www.mi.com]');
    const last = await run(['validate'], { cwd: folderWith({ 'storectl.yaml': key }) });
    expect(last.stdout + last.stderr).toContain('did you mean `on`?');
  });
});

describe('redirects minimize', () => {
  const PAGES = ['from,to', ...Array.from({ length: 6 }, (_, page) => `/uk/p${page},https://www.mi.com/p${page}`)];

  test('writes fewer rules, and never over a file by accident', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'rules.csv'), `${PAGES.join('\n')}\n`);
    const minimize = () => run(['redirects', 'minimize', 'rules.csv', '--out', 'fewer.csv'], { cwd });
    const ended = await minimize();
    expect(ended).toMatchObject({ exit: 0 });
    expect(ended.stdout).toContain('6 rules → 1');
    expect(readFileSync(join(cwd, 'fewer.csv'), 'utf8')).toContain('/uk/:page,https://www.mi.com/:page,,pattern');
    expect(await minimize()).toMatchObject({ exit: 2 });
  });

  test('--case says what is one page, and what cannot be merged then', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'rules.csv'), `${PAGES.join('\n')}\n`);
    const rulesAfter = async (...flags: readonly string[]): Promise<unknown> => {
      const args = ['redirects', 'minimize', 'rules.csv', '--url', 'https://po.co/', '--json'];
      return JSON.parse((await run([...args, ...flags], { cwd })).stdout).data.after;
    };
    expect(await rulesAfter()).toBe(1);
    // A pattern would carry a visitor's own spelling over: /uk/P1 to /P1.
    expect(await rulesAfter('--case', 'ignore')).toBe(6);
  });

  test('a URL of the log keeps its answer', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'rules.csv'), `${PAGES.join('\n')}\n`);
    const { stdout } = await run(
      ['redirects', 'minimize', 'rules.csv', '--url', 'https://po.co/', '--urls', '-', '--json'],
      { cwd, stdin: '12 /uk/new\n' },
    );
    expect(JSON.parse(stdout).data).toMatchObject({
      before: 6,
      after: 6,
      refused: [{ from: '/uk/:page', witness: 'https://po.co/uk/new' }],
    });
  });

  test('reads an access log, and tells the lines that say no URL', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'rules.csv'), `${PAGES.join('\n')}\n`);
    const log = '10.0.0.7 - - [01/Jan/2025:00:00:00 +0000] "GET /uk/new HTTP/1.1" 404 0 "-" "-"\nnonsense\n';
    const { stdout } = await run(
      ['redirects', 'minimize', 'rules.csv', '--url', 'https://po.co/', '--urls', '-', '--json'],
      { cwd, stdin: log },
    );
    const { data, warnings } = JSON.parse(stdout);
    expect(data.refused).toEqual([{ from: '/uk/:page', witness: 'https://po.co/uk/new' }]);
    expect(warnings).toEqual([expect.objectContaining({ code: 'line-skipped' })]);
  });

  test('reads NDJSON and writes it, packed or not', async () => {
    const cwd = temporaryFolder();
    const lines = PAGES.slice(1).map((line) => JSON.stringify({ from: line.split(',')[0], to: line.split(',')[1] }));
    writeFileSync(join(cwd, 'rules.ndjson.gz'), gzipSync(`${lines.join('\n')}\n`));
    const { stdout, exit } = await run(['redirects', 'minimize', 'rules.ndjson.gz', '--out', '-'], { cwd });
    expect({ stdout, exit }).toEqual({
      exit: 0,
      stdout: '{"from":"/uk/:page","to":"https://www.mi.com/:page","match":"pattern"}\n',
    });
  });
});
