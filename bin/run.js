#!/usr/bin/env node
// Every Node since 10 can parse this file, as a script or as a module, so that an old one can be told what is needed.
var version = process.versions.node.split('.').map(Number);
// Set by own-node.js, whose child this then is.
var parent = process.env.STORECTL_PARENT_FD;

if (version[0] > 22 || (version[0] === 22 && version[1] >= 19)) {
  // Most of the time of a short command is compiling; keep what was compiled between starts.
  process.getBuiltinModule('node:module').enableCompileCache();
  // Source maps cost time at every start, and only a stack needs them.
  if (process.argv.includes('--debug')) process.setSourceMapsEnabled(true);
  if (parent) import('./watch-parent.js').then((watch) => watch.watchParent(Number(parent)));
  import('../dist/start.js').catch((error) => {
    process.exitCode = 1;
    console.error(error.code === 'ERR_MODULE_NOT_FOUND' ? 'storectl is not built. Run: npm run build' : error.stack);
  });
} else {
  import('./own-node.js').then((own) => {
    own.start(`storectl needs Node.js 22.19 or newer; this is ${process.versions.node}. See https://nodejs.org`);
  });
}
