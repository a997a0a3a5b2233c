import { describe, expect, it } from 'vitest';
import { unwritable } from '../../../src/cli/failures/unwritable.ts';

const systemError = (code: string) => Object.assign(new Error(`${code}: as the system says it`), { code });
const sqliteError = (errcode: number) =>
  Object.assign(new Error('as SQLite says it'), { code: 'ERR_SQLITE_ERROR', errcode });

describe('what the system did not let be written', () => {
  it.each([
    [systemError('ENOSPC'), 9],
    [systemError('EDQUOT'), 9],
    [systemError('EFBIG'), 9],
    [systemError('EIO'), 9],
    [sqliteError(13), 9],
    // SQLITE_IOERR_WRITE: the primary code is in the low byte.
    [sqliteError(778), 9],
    [systemError('EACCES'), 4],
    [systemError('EPERM'), 4],
    [systemError('EROFS'), 4],
    [systemError('ENOENT'), 4],
    [sqliteError(14), 4],
    [systemError('EISDIR'), 2],
    [systemError('ENOTDIR'), 2],
  ])('names the file and the way out (%s)', (error, exit) => {
    expect(unwritable(error, 'plan.json')).toMatchObject({
      code: 'unwritable-file',
      exit,
      message: expect.stringMatching(/^plan\.json cannot be written: .+ It was left as it was\.$/),
      remedy: expect.stringMatching(/./),
    });
  });

  it('is nothing else: another error stays itself', () => {
    const bug = new TypeError('x is not a function');
    expect(unwritable(bug, 'plan.json')).toBe(bug);
    const ofSqlite = sqliteError(1);
    expect(unwritable(ofSqlite, 'plan.json')).toBe(ofSqlite);
  });
});
