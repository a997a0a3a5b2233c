#!/usr/bin/env node
// Runs the sources as they are, by Node's type stripping: no build, no manifest.
import { readFileSync } from 'node:fs';
import { main } from '../src/cli/main.ts';

const root = new URL('..', import.meta.url);
const pjson = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
pjson.oclif.commands = './src/commands';
await main({ root: root.pathname, pjson, ignoreManifest: true });
