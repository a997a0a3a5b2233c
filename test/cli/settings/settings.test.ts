import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addContext, platformUrl } from '../../../src/cli/settings/contexts.ts';
import { foldersOf } from '../../../src/cli/settings/folders.ts';
import { loadSettings, sourceText } from '../../../src/cli/settings/settings.ts';
import { findToken, targetOf } from '../../../src/cli/settings/target.ts';
import { storeToken } from '../../../src/cli/settings/tokens.ts';
import { collector, surroundingsFor, temporaryFolder } from '../support/in-process.ts';

const PROD = 'https://prod.example.com';

async function prepared(env: Readonly<Record<string, string>> = {}) {
  const home = temporaryFolder();
  const surroundings = surroundingsFor(
    { env: { STORECTL_HOME: home, ...env } },
    collector().stream,
    collector().stream,
  );
  const folders = foldersOf(surroundings);
  await addContext(folders, 'prod', { url: PROD }, { replace: false, use: true });
  await addContext(folders, 'test', { url: 'https://test.example.com' }, { replace: false, use: false });
  await storeToken(folders, 'prod', 'kept-for-prod');
  return { home, surroundings, folders };
}

describe('loadSettings', () => {
  it('takes flags over environment over document over context over defaults, and knows which it was', async () => {
    const document = { file: 'storectl.yaml', values: { context: 'test' } } as const;
    const cases = [
      { flags: { context: 'local' }, env: { STORECTL_CONTEXT: 'test' }, document, value: 'local', source: '--context' },
      { flags: {}, env: { STORECTL_CONTEXT: 'local' }, document, value: 'local', source: 'STORECTL_CONTEXT' },
      { flags: {}, env: { STORECTL_CONTEXT: '' }, document, value: 'test', source: 'storectl.yaml' },
      { flags: {}, env: {}, document: null, value: 'prod', source: 'context prod' },
    ];
    for (const { flags, env, document: written, value, source } of cases) {
      const { surroundings } = await prepared(env);
      const { context } = (await loadSettings(surroundings, flags, written)).values;
      expect(context.value).toBe(value);
      expect(sourceText(context.source)).toContain(source);
    }
  });

  it('has defaults without any file', async () => {
    const surroundings = surroundingsFor({}, collector().stream, collector().stream);
    const { values } = await loadSettings(surroundings, {});
    expect(values.context).toEqual({ value: 'local', source: { kind: 'default' } });
    expect(await targetOf(await loadSettings(surroundings, {}), surroundings)).toMatchObject({ kind: 'embedded' });
  });

  it('refuses a context that is not there, with the nearest', async () => {
    const { surroundings } = await prepared();
    await expect(loadSettings(surroundings, { context: 'prd' })).rejects.toMatchObject({
      code: 'unknown-context',
      exit: 5,
      message: 'There is no context "prd". Did you mean "prod"?',
    });
    await expect(loadSettings(surroundings, { context: 'constructor' })).rejects.toMatchObject({
      code: 'unknown-context',
    });
  });
});

describe('the token', () => {
  it('is the one kept for the context', async () => {
    const { surroundings } = await prepared();
    expect(await targetOf(await loadSettings(surroundings, {}), surroundings)).toEqual({
      kind: 'remote',
      url: PROD,
      token: 'kept-for-prod',
    });
    expect(surroundings.secrets).toContain('kept-for-prod');
  });

  it('never goes to an address that took the place of the context’s', async () => {
    const { surroundings } = await prepared({ STORECTL_URL: 'https://elsewhere.example.com' });
    expect(await targetOf(await loadSettings(surroundings, {}), surroundings)).toMatchObject({
      url: 'https://elsewhere.example.com',
      token: null,
    });
  });

  it('comes from STORECTL_TOKEN first, then from the file STORECTL_TOKEN_FILE names', async () => {
    const file = join(temporaryFolder(), 'token');
    writeFileSync(file, 'from-a-file\n');
    const both = await prepared({ STORECTL_TOKEN: 'from-env', STORECTL_TOKEN_FILE: file });
    expect(await findToken(await loadSettings(both.surroundings, {}), both.surroundings)).toMatchObject({
      token: 'from-env',
    });
    const one = await prepared({ STORECTL_TOKEN_FILE: file });
    expect(await findToken(await loadSettings(one.surroundings, {}), one.surroundings)).toMatchObject({
      token: 'from-a-file',
    });
    const none = await prepared({ STORECTL_TOKEN_FILE: join(file, 'missing') });
    await expect(findToken(await loadSettings(none.surroundings, {}), none.surroundings)).rejects.toMatchObject({
      exit: 2,
    });
  });
});

describe('a token that is none', () => {
  it.each(['', ' ', 'two words', 'sct_\u0007bell', 'sct_\nline', 'sct_é', 'x'.repeat(4_097)])(
    'is refused wherever it comes from, and never repeated: %j',
    async (text) => {
      const file = join(temporaryFolder(), 'token');
      writeFileSync(file, text);
      const ways =
        text.length > 1_000
          ? [{ STORECTL_TOKEN_FILE: file }]
          : [{ STORECTL_TOKEN: text }, { STORECTL_TOKEN_FILE: file }];
      for (const env of ways) {
        const { surroundings } = await prepared(env);
        const finding = findToken(await loadSettings(surroundings, {}), surroundings);
        await expect(finding).rejects.toMatchObject({ code: 'invalid-token', exit: 2 });
        await expect(finding).rejects.not.toThrow(/sct_/);
      }
    },
  );

  it('is not read to its end where the file has none', async () => {
    const { surroundings } = await prepared({ STORECTL_TOKEN_FILE: '/dev/zero' });
    const finding = findToken(await loadSettings(surroundings, {}), surroundings);
    await expect(finding).rejects.toMatchObject({ code: 'invalid-token', exit: 2 });
  });
});

describe('platformUrl', () => {
  it('is the address in one form', () => {
    expect(platformUrl('HTTPS://Admin.Example.com:443/base/', '--url')).toBe('https://admin.example.com/base');
  });

  it.each([
    'example.com',
    'ftp://example.com',
    '',
    'https://',
    'https://ann:s3cret@example.com',
    'https://x.com/?k=s3cret',
    'https://x.com/#a',
  ])('refuses %j and repeats none of it', (text) => {
    expect(() => platformUrl(text, '--url')).toThrow(/^--url: /);
    expect(() => platformUrl(text, '--url')).not.toThrow(/s3cret/);
  });
});
