import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/platform/store/sqlite/open-database.ts';
import { notMade } from '../../src/platform/store/sqlite/sqlite-failure.ts';

const FILE = '/data/platform.sqlite';

describe('a store that cannot be made', () => {
  test.each([
    ['ENOSPC', 'store-full', 9],
    ['EDQUOT', 'store-full', 9],
    ['EIO', 'unavailable', 9],
    ['EMFILE', 'unavailable', 9],
    ['EACCES', 'store-unwritable', 4],
    ['EROFS', 'store-unwritable', 4],
    ['ENOENT', 'store-unwritable', 4],
  ] as const)('%s is %s, exit %d', (system, code, exit) => {
    const cause = Object.assign(new Error(`${system}: as the system says it`), { code: system });
    expect(notMade(cause, FILE)).toMatchObject({ code, exit, details: { file: FILE } });
  });

  test.runIf(existsSync('/proc/self'))(
    'a folder in which nothing can be made is told, and not tried for ever',
    async () => {
      const opened = openDatabase('/proc/storectl/platform.sqlite', () => 'id');
      await expect(opened).rejects.toMatchObject({ code: 'store-unwritable', exit: 4 });
    },
  );
});
