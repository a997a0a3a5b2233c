import { EXIT, Failure } from '../domain/failure.ts';

/** Where a platform is. */
export type Target =
  /** Embedded in this process; `database` is the path of its SQLite file. */
  | { readonly kind: 'local'; readonly context: string; readonly database: string }
  | { readonly kind: 'http'; readonly context: string; readonly url: string; readonly token: string | null };

export interface ClientOptions {
  /** Aborted when the run is asked to stop. */
  readonly signal: AbortSignal;
  readonly userAgent: string;
  /** Told what is no failure: a clock that differs, a limit that was waited for. */
  readonly warn: (warning: { readonly code: string; readonly message: string; readonly remedy?: string }) => void;
}

/** The admin API, near or far. */
export interface AdminClient {
  /** Asks the platform for a sign of life; throws the failure of whatever is in the way. */
  probe(): Promise<Probe>;
  close(): Promise<void>;
}

export interface Probe {
  /** The platform's clock minus this machine's, in milliseconds; null where both are one process. */
  readonly clockDifference: number | null;
}

export async function openClient(target: Target, _options: ClientOptions): Promise<AdminClient> {
  throw new Failure({
    code: 'platform-unavailable',
    exit: EXIT.unavailable,
    message: `No platform answers in the context "${target.context}".`,
    remedy: 'Run `storectl doctor` to see what is in the way.',
  });
}
