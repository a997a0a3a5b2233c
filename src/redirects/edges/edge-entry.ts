import type { Pattern } from '../pattern.ts';
import type { QueryPolicy, RedirectStatus } from '../rule.ts';
import type { Target } from '../template.ts';
import type { Scheme } from '../url.ts';

/** How an entry takes a path. */
export type PathTest =
  | { readonly kind: 'exact'; readonly path: string }
  | { readonly kind: 'prefix'; readonly path: string }
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  | { readonly kind: 'regex'; readonly source: string; readonly bases: readonly string[] }
  /** Everything under one of the site's base paths. */
  | { readonly kind: 'site'; readonly bases: readonly string[] };

/** One rule (or the fallback) as it stands on one group of hosts. */
export interface EdgeEntry {
  /** -1: the fallback. */
  readonly rule: number;
  readonly scheme: Scheme | '';
  readonly test: PathTest;
  readonly conditions: readonly string[];
  readonly status: RedirectStatus;
  /** Null for 410. */
  readonly target: Target | null;
  /** Whether values put into the target's text give the engine's Location. */
  readonly settled: boolean;
  /** The names that the test binds, in the order of their values. */
  readonly names: readonly string[];
  readonly policy: QueryPolicy;
}

/** Hosts that answer alike. */
export interface AlikeHosts {
  readonly id: number;
  /** Host keys; `*.host` among them. */
  readonly hosts: readonly string[];
}

/** The same with what they answer with: the first entry that takes a request does. */
export interface HostGroup extends AlikeHosts {
  readonly entries: readonly EdgeEntry[];
}
