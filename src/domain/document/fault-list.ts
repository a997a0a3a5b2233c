import { Failure, type Problem } from '../failure.ts';
import { type DocumentPath, pointerOf } from './pointer.ts';

/** Collects what is wrong in a document; every fault is kept, each with the place it is written at. */
export class FaultList {
  readonly problems: Problem[] = [];

  error(code: string, path: DocumentPath, message: string, remedy?: string): void {
    this.#add('error', code, path, message, remedy);
  }

  warning(code: string, path: DocumentPath, message: string, remedy?: string): void {
    this.#add('warning', code, path, message, remedy);
  }

  /** Runs `read`; a Failure becomes a fault at `path` and the answer undefined. */
  attempt<T>(path: DocumentPath, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.error(error.code, path, error.message, error.remedy);
      return undefined;
    }
  }

  #add(severity: Problem['severity'], code: string, path: DocumentPath, message: string, remedy?: string): void {
    this.problems.push({
      code,
      severity,
      message,
      ...(remedy === undefined ? {} : { remedy }),
      place: { pointer: pointerOf(path) },
    });
  }
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}
