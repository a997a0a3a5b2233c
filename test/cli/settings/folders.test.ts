import { describe, expect, it } from 'vitest';
import { foldersOf } from '../../../src/cli/settings/folders.ts';

const of = (env: Readonly<Record<string, string>>, platform: NodeJS.Platform = 'linux') =>
  foldersOf({ env, platform, home: '/home/ann', cwd: '/work' });

describe('foldersOf', () => {
  it('are inside STORECTL_HOME where it is set, whatever else is', () => {
    expect(of({ STORECTL_HOME: '/s', XDG_CONFIG_HOME: '/x' })).toEqual({
      config: '/s/config',
      data: '/s/data',
      state: '/s/state',
      cache: '/s/cache',
    });
    expect(of({ STORECTL_HOME: 'here' }).data).toBe('/work/here/data');
  });

  it('follow XDG on Linux, and ignore a relative path as XDG asks', () => {
    expect(of({ XDG_CONFIG_HOME: '/x', XDG_STATE_HOME: 'relative' })).toEqual({
      config: '/x/storectl',
      data: '/home/ann/.local/share/storectl',
      state: '/home/ann/.local/state/storectl',
      cache: '/home/ann/.cache/storectl',
    });
  });

  it('are the usual ones elsewhere', () => {
    expect(of({}, 'darwin').config).toBe('/home/ann/Library/Preferences/storectl');
    expect(of({ LOCALAPPDATA: '/l', APPDATA: '/r' }, 'win32')).toMatchObject({
      config: '/r/storectl',
      data: '/l/storectl/data',
    });
  });
});
