import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { OpenClient } from '../../../src/cli/connection.ts';
import { type Client, openClient } from '../../../src/client/index.ts';
import { api } from '../../../src/contract/operations/index.ts';
import type { SubmittedDocument } from '../../../src/domain/document/schema.ts';
import { BEFORE, POCO } from '../../platform/poco.ts';
import { temporaryFolder } from '../support/in-process.ts';

export interface NearPlatform {
  readonly client: Client;
  /** For commands; each opens the same file. */
  readonly openClient: OpenClient;
  /** Makes a document the platform's whole state. */
  apply(document: SubmittedDocument): Promise<void>;
}

/** An embedded platform with a file and a clock of its own, on which the POCO document is applied. */
export async function pocoPlatform(clock: { now: number } = { now: BEFORE }): Promise<NearPlatform> {
  const file = join(temporaryFolder(), 'platform.sqlite');
  const open = () =>
    openClient({ kind: 'embedded', file }, { actor: 'tester', version: '0.0.0-test', now: () => clock.now });
  const client = await open();
  onTestFinished(() => client.close());
  const apply = async (document: SubmittedDocument): Promise<void> => {
    const { value: plan } = await client.call(api.plans.create, { body: { document } });
    const consent = {
      reason: 'test',
      allowDeletes: true,
      confirm: plan.confirmations.map(({ id }) => id),
      overrides: [...new Set(plan.guards.flatMap((g) => (g.outcome === 'block' ? [g.guard] : [])))],
    };
    await client.call(api.plans.apply, { params: { id: plan.id }, body: { consent } });
  };
  await apply(POCO);
  return { client, openClient: open, apply };
}
