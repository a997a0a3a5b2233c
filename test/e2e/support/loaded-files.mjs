// Writes the URL of every file that is loaded as a module to standard error, for tests of what a start loads.

import { writeSync } from 'node:fs';
import { registerHooks } from 'node:module';

registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) writeSync(2, `${url}\n`);
    return next(url, context);
  },
});
