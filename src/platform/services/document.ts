import type { api } from '../../contract/operations/index.ts';
import { exportDocument } from '../../domain/document/export-document.ts';
import type { Handler } from '../handler.ts';
import { presentWorld } from './world.ts';

export const exportState: Handler<(typeof api)['document']['export']> = async ({ platform }) => {
  const { head, documents } = await presentWorld(platform);
  return { value: exportDocument(documents), etag: `"${head.hash}"` };
};
