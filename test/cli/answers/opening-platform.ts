import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { OpenClient } from '../../../src/cli/connection.ts';
import { type Client, openClient } from '../../../src/client/index.ts';
import { api } from '../../../src/contract/operations/index.ts';
import type { SubmittedDocument } from '../../../src/domain/document/schema.ts';
import { temporaryFolder } from '../support/in-process.ts';

export const OPENING_FILE = 'examples/mi-store-2015/storectl.yaml';
/** The day before the opening. */
export const EVE = Date.UTC(2015, 4, 18);

/** An embedded platform with a file of its own and a clock that the test sets. */
export async function emptyPlatform(clock: { now: number }): Promise<{
  readonly client: Client;
  readonly openClient: OpenClient;
  apply(document: SubmittedDocument): Promise<void>;
}> {
  const file = join(temporaryFolder(), 'platform.sqlite');
  const open = () =>
    openClient({ kind: 'embedded', file }, { actor: 'tester', version: '0.0.0-test', now: () => clock.now });
  const client = await open();
  onTestFinished(() => client.close());
  return {
    client,
    openClient: open,
    async apply(document) {
      const { value: plan } = await client.call(api.plans.create, { body: { document } });
      const confirm = plan.confirmations.map(({ id }) => id);
      await client.call(api.plans.apply, { params: { id: plan.id }, body: { consent: { reason: 'test', confirm } } });
    },
  };
}
