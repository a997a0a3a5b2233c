import type { api } from '../../contract/operations/index.ts';
import { exportDocument } from '../../domain/document/export-document.ts';
import type { Handler } from '../handler.ts';
import { StoreDamage } from '../store/store-damage.ts';
import { presentWorld } from './world.ts';

export const exportState: Handler<(typeof api)['document']['export']> = async ({ platform }) => {
  const { head, documents } = await presentWorld(platform);
  // Whoever reads the document reads the rules that it names next, and would fail without a place to name.
  for (const { id, spec } of documents.rulesets.values()) {
    if (typeof spec.rules !== 'object') throw new StoreDamage(`holds rulesets/${id}, which is of another form`);
  }
  return { value: exportDocument(documents), etag: `"${head.hash}"` };
};
