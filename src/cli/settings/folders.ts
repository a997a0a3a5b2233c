import { join, resolve } from 'node:path';
import type { Surroundings } from '../surroundings.ts';

/** Where the program keeps its things. */
export interface Folders {
  /** Contexts and tokens. */
  readonly config: string;
  /** The embedded platform's database. */
  readonly data: string;
  /** Unfinished wizards. */
  readonly state: string;
  /** What can be made again: shell completion. */
  readonly cache: string;
}

/**
 * STORECTL_HOME holds everything where it is set. Without it: the XDG Base Directory Specification on Linux, and
 * the usual folders of macOS and Windows.
 */
export function foldersOf({
  env,
  home,
  platform,
  cwd,
}: Pick<Surroundings, 'env' | 'home' | 'platform' | 'cwd'>): Folders {
  const named = env['STORECTL_HOME'] ?? '';
  if (named !== '') {
    const own = resolve(cwd, named);
    return {
      config: join(own, 'config'),
      data: join(own, 'data'),
      state: join(own, 'state'),
      cache: join(own, 'cache'),
    };
  }
  const xdg = (variable: string, fallback: string) => {
    const set = env[variable] ?? '';
    // The specification: a relative path is invalid and ignored.
    return join(set.startsWith('/') ? set : fallback, 'storectl');
  };
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
    const roaming = env['APPDATA'] ?? join(home, 'AppData', 'Roaming');
    return {
      config: join(roaming, 'storectl'),
      data: join(local, 'storectl', 'data'),
      state: join(local, 'storectl', 'state'),
      cache: join(local, 'storectl', 'cache'),
    };
  }
  const mac = platform === 'darwin';
  const library = join(home, 'Library');
  return {
    config: xdg('XDG_CONFIG_HOME', mac ? join(library, 'Preferences') : join(home, '.config')),
    data: xdg('XDG_DATA_HOME', mac ? join(library, 'Application Support') : join(home, '.local', 'share')),
    state: xdg('XDG_STATE_HOME', mac ? join(library, 'Application Support') : join(home, '.local', 'state')),
    cache: xdg('XDG_CACHE_HOME', mac ? join(library, 'Caches') : join(home, '.cache')),
  };
}
