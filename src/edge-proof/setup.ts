import type { ExportedFile } from '../redirects/edges/edge.ts';

/** How a server is started with an exported configuration, in a folder of its own. */
export interface ServerSetup {
  /** Programs that may be it, the usual one first; none where it cannot run here. */
  readonly programs: readonly string[];
  /** How a person gets it. */
  readonly install: string;
  readonly args: readonly string[];
  readonly files: readonly ExportedFile[];
  readonly env?: Readonly<Record<string, string>>;
  /** It ends what it has started where it is asked to end, and not where it is killed. */
  readonly startsOthers?: boolean;
  /** Where it runs; absent: in its folder. */
  readonly cwd?: string;
}

export interface SetupPlace {
  /** The folder that the files are written to. */
  readonly folder: string;
  readonly port: number;
  /** The person's own folder: what their project has installed is found from there. */
  readonly cwd: string;
}
