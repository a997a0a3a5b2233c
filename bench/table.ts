import { spawnSync } from 'node:child_process';

/** One figure, beside that of its peer in the same run. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly peer: string;
  /** Ours to the peer's. */
  readonly ratio: string;
  /** What is asked of the ratio, or of the figure. */
  readonly bound: string;
}

const HEADER: Row = { what: 'what', ours: 'ours', peer: 'peer', ratio: 'ratio', bound: 'bound' };

/** A Markdown table. */
export function table(rows: readonly Row[]): string {
  return [HEADER, RULE, ...rows].map(line).join('\n');
}

const RULE: Row = { what: '---', ours: '---', peer: '---', ratio: '---', bound: '---' };

function line({ what, ours, peer, ratio, bound }: Row): string {
  return `| ${[what, ours, peer, ratio, bound].join(' | ')} |`;
}

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;

export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

export const rate = (perSecond: number): string => `${Math.round(perSecond).toLocaleString('en')}/s`;

/** Whether a peer is there to be compared with. */
export function isInstalled(program: string): boolean {
  return spawnSync(program, ['-v']).error === undefined;
}
