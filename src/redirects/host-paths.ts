import type { ExactPaths } from './exact-paths.ts';

/** The exact paths of one place. */
export class HostPaths {
  private readonly paths: ExactPaths;
  private readonly place: number;

  constructor(paths: ExactPaths, place: number) {
    this.paths = paths;
    this.place = place;
  }

  /** The head filed under a comparable path, or undefined. */
  get(path: string): number | undefined {
    return this.paths.get(this.place, path);
  }

  /** The same for a path that stands in bytes, with its hash. */
  at(bytes: Uint8Array, start: number, end: number, hash: number): number | undefined {
    return this.paths.at(this.place, bytes, start, end, hash);
  }

  /** In the order in which the paths were filed. */
  [Symbol.iterator](): Generator<readonly [string, number]> {
    return this.paths.of(this.place);
  }
}
