import { TIME_PROBLEMS } from '../../contract/problems.ts';
import { Failure } from '../../domain/failure.ts';

const ABOUT_TIME: ReadonlySet<string> = new Set<string>([...TIME_PROBLEMS, 'until-past']);

/** What the platform finds wrong with a time, told by the flag that says it: the only time of the call. */
export async function namingTimeFlag<T>(flag: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure) || !ABOUT_TIME.has(error.code)) throw error;
    const { code, exit, message, remedy, details } = error;
    throw new Failure({ code, exit, message: `${flag}: ${message}`, remedy, details, cause: error });
  }
}
