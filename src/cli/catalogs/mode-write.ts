import type { Client } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import type { CatalogMode } from '../../domain/catalogs/policy.ts';
import { callWrite } from '../plans/call-write.ts';
import type { PlannedWrite } from '../plans/carry-out.ts';

/** A change of a catalog's mode, with the delisting that it takes. */
export function modeWrite(client: Client, id: string, mode: CatalogMode): PlannedWrite {
  return callWrite({
    confirm: [id],
    send: async (consent, dryRun) => {
      const request = { params: { id }, query: { dryRun }, body: { mode, consent } };
      return (await client.call(api.catalogPolicies.setMode, request)).value;
    },
    placed: (problem) => problem,
    pointerOf: (pointer) => pointer,
  });
}
