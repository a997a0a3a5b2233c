import type { api } from '../../contract/operations/index.ts';
import { Failure } from '../../domain/failure.ts';
import { explainUrl } from '../../domain/state/explain.ts';
import { parseAt } from '../../domain/time/resolve-time.ts';
import type { Handler } from '../handler.ts';
import { CompiledRevisions } from './compiled-revisions.ts';
import { presentWorld } from './world.ts';
import { indexOf } from './world-index.ts';

export const explainUrls: Handler<(typeof api)['answers']['explain']> = async ({ platform }, { body }) => {
  const at = parseAt(body.at, platform.now(), null, platform.tzdb);
  const { documents } = await presentWorld(platform);
  const index = indexOf(documents);
  const revisions = new CompiledRevisions(platform, documents);
  const explain = () =>
    body.urls.map((url) => {
      try {
        return {
          explanation: explainUrl({ index, compiled: revisions.compiled }, url, at, { reasoning: body.reasoning }),
        };
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        return { problem: { url, code: error.code, message: error.message } };
      }
    });
  // What a URL needs is only known by following it: ask, load what was missing, and ask again until nothing is.
  for (;;) {
    const results = explain();
    if (!(await revisions.loadMissing())) return { value: { results } };
  }
};
