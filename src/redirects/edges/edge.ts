import type { CompiledRuleset } from '../compiled.ts';

/** What rules can be put on. The first four are servers, the others take a list of rules. */
export type Edge = 'nginx' | 'caddy' | 'haproxy' | 'apache' | 'netlify' | 'cloudflare' | 'cloudflare-bulk';

export const EDGES: readonly Edge[] = [
  'nginx',
  'caddy',
  'haproxy',
  'apache',
  'netlify',
  'cloudflare',
  'cloudflare-bulk',
];

export type ServerEdge = Extract<Edge, 'nginx' | 'caddy' | 'haproxy' | 'apache'>;

export const SERVER_EDGES: readonly ServerEdge[] = ['nginx', 'caddy', 'haproxy', 'apache'];

/** Edges whose own program can be asked here, so that an export is proven. */
export type ProvenEdge = ServerEdge | 'netlify' | 'cloudflare';

export const PROVEN_EDGES: readonly ProvenEdge[] = [...SERVER_EDGES, 'netlify', 'cloudflare'];

/** Hosts of static sites: they read one list of rules, and leave much of what rules can say unsaid. */
export function isStaticHost(edge: Edge): edge is 'netlify' | 'cloudflare' {
  return edge === 'netlify' || edge === 'cloudflare';
}

/** What an edge cannot say, so that a rule is left out or means less there. */
export type LostFeature =
  | 'invalid'
  | 'host'
  | 'port'
  | 'scheme'
  | 'case'
  | 'trailing-slash'
  | 'query-condition'
  | 'query-policy'
  | 'query-placeholder'
  | 'pattern'
  | 'prefix'
  | 'regex'
  | 'regex-backtracks'
  | 'captures'
  | 'escapes'
  | 'precedence'
  | 'status'
  | 'target'
  | 'fallback';

export interface Loss {
  /** Index of the rule; -1 is the ruleset's fallback. */
  readonly rule: number;
  readonly feature: LostFeature;
  /** What becomes of the rule, in one sentence without a full stop. */
  readonly lost: string;
}

/** Notes what a rule loses, and what becomes of it. */
export type Lose = (rule: number, feature: LostFeature, lost: string) => void;

export interface Limit {
  readonly name: string;
  /** null: the edge sets no number, but every one of them costs. */
  readonly allowed: number | null;
  readonly used: number;
}

export interface ExportedFile {
  readonly name: string;
  readonly text: string;
}

export interface EdgeExport {
  readonly files: readonly ExportedFile[];
  /** Empty: every rule keeps its meaning. */
  readonly losses: readonly Loss[];
  readonly limits: readonly Limit[];
  /** What an operator has to know that no rule loses by: where a file goes, what costs time. */
  readonly notes: readonly string[];
  /** The next instant (epoch milliseconds) at which a window begins or ends, and the export is out of date. */
  readonly validUntil: number | null;
  /** What is written answers on every host as on this one; absent: it tells hosts apart. */
  readonly everyHostAs?: string;
}

export interface ExportInput {
  readonly ruleset: CompiledRuleset;
  /** Epoch milliseconds: the rules whose window holds this instant are exported. */
  readonly at: number;
}

export function exceeded(limits: readonly Limit[]): readonly Limit[] {
  return limits.filter(({ allowed, used }) => allowed !== null && used > allowed);
}
