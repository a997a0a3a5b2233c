/** One request as it goes over the wire. */
export interface ProofRequest {
  readonly scheme: 'http' | 'https';
  /** The Host header. */
  readonly host: string;
  /** The request target: raw path and query. */
  readonly target: string;
  /** Made to hurt: a server may refuse it. */
  readonly hostile: boolean;
}

/** A URL as a request. */
export function requestOf(url: string): ProofRequest {
  const found = /^(https?):\/\/([^/]*)(.*)$/.exec(url);
  const scheme = found?.[1] === 'http' ? 'http' : 'https';
  return { scheme, host: found?.[2] ?? '', target: found?.[3] ?? '/', hostile: false };
}
