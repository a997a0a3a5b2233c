import type { OpenClient } from './connection.ts';
import type { Interruption } from './interruption.ts';

export type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };
export type Output = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Everything a command takes from the world. Commands reach none of it by themselves, so a test hands in
 * its own and sees standard output, standard error and the exit apart.
 */
export interface Surroundings {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Environment;
  /** The folder relative paths start from. */
  readonly cwd: string;
  /** The user's home folder. */
  readonly home: string;
  /** The user's name on this machine. */
  readonly user: string;
  readonly platform: NodeJS.Platform;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  readonly interruption: Interruption;
  /** Tokens that were read; errors and logs are cleaned of them. */
  readonly secrets: Set<string>;
  /** Opens the platform a context points at. */
  readonly openClient: OpenClient;
}
