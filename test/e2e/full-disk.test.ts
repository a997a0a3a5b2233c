import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../cli/support/in-process.ts';
import { environment, PROGRAM } from './support/installed.ts';

describe('where files may not grow', () => {
  it('settings stay what they were (ulimit -f)', () => {
    const home = temporaryFolder();
    const env = environment({ STORECTL_HOME: home, NODE_DISABLE_COMPILE_CACHE: '1' });
    const limited = ['-c', 'ulimit -f 4; exec "$0" "$@"', process.execPath, PROGRAM];
    const tooLong = `https://x.example.com/${'x'.repeat(8000)}`;
    const add = (url: string) =>
      spawnSync('bash', [...limited, 'contexts', 'add', 'prod', '--url', url, '--replace'], { env, encoding: 'utf8' });
    expect(add('https://x.example.com').status).toBe(0);
    const before = readFileSync(join(home, 'config', 'contexts.json'), 'utf8');
    const { stderr, status } = add(tooLong);
    expect(stderr).toContain('contexts.json cannot be written: ');
    expect(status).toBe(9);
    expect(readFileSync(join(home, 'config', 'contexts.json'), 'utf8')).toBe(before);
    expect(readdirSync(join(home, 'config')).toSorted()).toEqual(['contexts.json', 'settings.lock']);
  });
});
