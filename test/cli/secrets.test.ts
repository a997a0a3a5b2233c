import { describe, expect, it } from 'vitest';
import { withoutPasswords } from '../../src/cli/secrets.ts';
import { run } from './support/in-process.ts';

describe('the password of a URL', () => {
  it.each([
    ['https://user:hunter2@po.co/uk/', 'https://user:***@po.co/uk/'],
    ['`https://user:hunter2@po.co:99999/` is no URL', '`https://user:***@po.co:99999/` is no URL'],
    ['{"url":"https://:hunter2@po.co"}', '{"url":"https://:***@po.co"}'],
    ['(postgres://user:hun:ter@2@db/x)', '(postgres://user:***@db/x)'],
    ['no https://po.co/?mail=a:b@c.example, one', 'no https://po.co/?mail=a:b@c.example, one'],
    // Inside of another URL it is a part of that, and what is kept is not altered.
    ['/archive/https://user:pw@po.co/', '/archive/https://user:pw@po.co/'],
    ['ada@example.com: https://po.co', 'ada@example.com: https://po.co'],
  ])('is masked: %s', (text, safe) => {
    expect(withoutPasswords(text)).toBe(safe);
  });

  const DOCUMENT = ['-f', 'examples/poco-2024/storectl.yaml'];

  it.each([
    { argv: ['explain', 'https://user:hunter2@po.co/uk/', ...DOCUMENT] },
    { argv: ['explain', 'https://user:hunter2@po.co/uk/', ...DOCUMENT, '--json', '--debug'] },
    { argv: ['explain', '-', ...DOCUMENT], stdin: 'https://user:hunter2@po.co/uk/\n' },
    { argv: ['contexts', 'add', 'x', '--url', 'https://user:hunter2@po.co/'] },
    { argv: ['doctor'], env: { STORECTL_URL: 'https://user:hunter2@po.co/' } },
    { argv: ['doctor', '--json'], env: { STORECTL_URL: 'https://user:hunter2@po.co/' } },
    { argv: ['redirects', 'lint', '-'], stdin: 'from,to\nhttps://user:hunter2@po.co/a,/b\n' },
  ])('is not repeated: $argv', async ({ argv, ...world }) => {
    const { stdout, stderr, exit } = await run(argv, world);
    expect(stdout + stderr).not.toContain('hunter2');
    expect(exit).not.toBe(0);
  });
});
