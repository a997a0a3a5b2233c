import type { AlikeHosts } from './edge-entry.ts';
import { literal } from './expression.ts';

/** The value of a Host header, with its scheme, that means one host group. */
export interface HostText {
  readonly group: number;
  /** `http://po.co.:80`, in lower case. */
  readonly text: string;
  /** The same as it is written in a Location: `http://po.co`. */
  readonly origin: string;
}

/**
 * An expression over `scheme://host`, to be compared without case. Its first group is the origin as it is written in a
 * Location, its second the port where that belongs to it.
 */
export interface HostExpression {
  readonly group: number;
  readonly expression: string;
}

export interface HostForms {
  readonly exact: readonly HostText[];
  /** Wildcards, longest first. */
  readonly wild: readonly HostExpression[];
}

/** Every spelling of the groups' hosts: with and without the default port of the scheme, and the trailing dot. */
export function hostForms(groups: readonly AlikeHosts[]): HostForms {
  const exact: HostText[] = [];
  const wild: (HostExpression & { readonly length: number })[] = [];
  for (const { id, hosts } of groups) {
    for (const key of hosts) {
      const { host, port } = splitKey(key);
      for (const [scheme, usual] of DEFAULT_PORTS) {
        if (port === usual) continue;
        if (host.startsWith('*.')) {
          const end = port === '' ? `()(?::${usual})?` : `(:${port})`;
          const expression = `^(${scheme}://[a-z0-9._-]+${literal(host.slice(1))})[.]?${end}$`;
          wild.push({ group: id, expression, length: host.length });
          continue;
        }
        const ends = port === '' ? ['', `:${usual}`] : [`:${port}`];
        const dots = host.startsWith('[') ? [''] : ['', '.'];
        for (const dot of dots)
          for (const end of ends)
            exact.push({ group: id, text: `${scheme}://${host}${dot}${end}`, origin: `${scheme}://${key}` });
      }
    }
  }
  return { exact, wild: wild.toSorted((a, b) => b.length - a.length) };
}

const DEFAULT_PORTS = [
  ['http', '80'],
  ['https', '443'],
] as const;

function splitKey(key: string): { readonly host: string; readonly port: string } {
  const found = /^(.*?)(?::(\d+))?$/.exec(key);
  return { host: found?.[1] ?? key, port: found?.[2] ?? '' };
}
