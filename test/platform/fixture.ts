import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createPlatform, type Platform } from '../../src/platform/platform.ts';
import { openSqliteStore } from '../../src/platform/store/sqlite/sqlite-store.ts';
import { BEFORE } from './poco.ts';

/** A folder of its own for one test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'storectl-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const ADMIN = { actor: 'ada', role: 'admin' } as const;

/** A platform on a real file, with a clock that the test sets. */
export async function testPlatform(
  file = join(temporaryFolder(), 'platform.db'),
): Promise<{ readonly platform: Platform; readonly clock: { now: number }; readonly file: string }> {
  const clock = { now: BEFORE };
  const platform = createPlatform({
    store: await openSqliteStore(file, randomUUID),
    now: () => clock.now,
    newId: randomUUID,
    tzdb: '2026a',
    version: '0.0.0-test',
  });
  onTestFinished(() => platform.close());
  return { platform, clock, file };
}

/** The Failure that this ends in; anything else fails the test. */
export async function failureOf(work: Promise<unknown>): Promise<import('../../src/domain/failure.ts').Failure> {
  const { Failure } = await import('../../src/domain/failure.ts');
  try {
    await work;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it should have failed');
}
