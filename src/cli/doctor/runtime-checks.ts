import type { Check } from './check.ts';

/** What the doctor needs to know of the running Node. */
export interface Runtime {
  readonly node: string;
  /** Version of the tz database the runtime carries; undefined where it does not say. */
  readonly tz: string | undefined;
  readonly hasTemporal: boolean;
}

export function runtimeChecks(runtime: Runtime): readonly Check[] {
  const [major = 0, minor = 0] = runtime.node.split('.').map(Number);
  const recent = major > 22 || (major === 22 && minor >= 19);
  return [
    {
      name: 'node',
      status: recent ? 'ok' : 'failed',
      found: runtime.node,
      ...(recent ? {} : { remedy: 'Install Node.js 22.19 or newer: https://nodejs.org' }),
    },
    {
      name: 'tz-database',
      status: runtime.tz === undefined ? 'note' : 'ok',
      found: runtime.tz ?? 'the runtime does not say which version it has',
    },
    { name: 'temporal', status: 'ok', found: runtime.hasTemporal ? 'of the runtime' : 'temporal-polyfill' },
  ];
}

export function currentRuntime(): Runtime {
  return { node: process.versions.node, tz: process.versions['tz'], hasTemporal: 'Temporal' in globalThis };
}
