import type { z } from 'zod';
import type { AnyOperation, OperationInput, OperationRequest } from '../contract/operation.ts';
import type { RequestError } from '../contract/problem-errors.ts';
import { boundText } from '../domain/document/bound-text.ts';
import { pointerOf } from '../domain/document/pointer.ts';
import { EXIT, Failure } from '../domain/failure.ts';

const MOST_TOLD = 1_000;

/** The parts of a request in their form, with defaults filled in. Throws Failure `invalid-request` with every fault. */
export async function validateRequest(
  operation: AnyOperation,
  request: OperationRequest<AnyOperation>,
): Promise<OperationInput<AnyOperation>> {
  const errors: RequestError[] = [];
  const read = async (schema: AnyOperation['body'], value: unknown, place: Place): Promise<unknown> => {
    if (schema === undefined) {
      // A dryRun that the operation does not have, say, must not be passed over in silence.
      for (const name of Object.keys(value ?? {})) errors.push(errorAt([name], place, UNKNOWN));
      return undefined;
    }
    const plain = schema.plain?.(value ?? {});
    if (plain !== undefined) return plain;
    const result = (SCHEMAS.get(schema) ?? (await schemaOf(schema))).safeParse(value ?? {});
    if (result.success) return result.data;
    // A body may have more faults than a call may have arguments.
    for (const error of errorsOf(result.error.issues, place)) errors.push(error);
    return undefined;
  };
  const params = await read(operation.params, request.params, 'parameter');
  const query = await read(operation.query, request.query, 'parameter');
  const body = operation.stream === 'request' ? request.body : await read(operation.body, request.body, 'body');
  const ifMatch = readIfMatch(request.ifMatch, errors);
  if (errors.length > 0) throw invalidRequest(operation, errors);
  return { params, query, body, ifMatch } as OperationInput<AnyOperation>;
}

/** Schemas that were asked for before: importing one again takes longer than most requests take to be checked. */
const SCHEMAS = new WeakMap<object, z.ZodType>();

async function schemaOf(load: NonNullable<AnyOperation['body']>): Promise<z.ZodType> {
  const schema = await load();
  SCHEMAS.set(load, schema);
  return schema;
}

type Place = 'body' | 'parameter';

/** The faults that a schema found, each at its place, deepest where a value had several allowed forms. */
export function errorsOf(
  issues: readonly z.core.$ZodIssue[],
  place: Place = 'body',
  base: readonly PropertyKey[] = [],
): readonly RequestError[] {
  return issues.flatMap((issue): readonly RequestError[] => {
    const path = [...base, ...issue.path];
    if (issue.code === 'invalid_union') {
      const meant =
        issue.errors.find((branch) => branch.some((inner) => inner.path.length > 0)) ??
        issue.errors.find((branch) => branch.every(({ code }) => code === 'too_small' || code === 'too_big'));
      if (meant !== undefined) return errorsOf(meant, place, path);
    }
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => errorAt([...path, key], place, UNKNOWN));
    }
    return [errorAt(path, place, boundText(issue))];
  });
}

const UNKNOWN = 'is not known here';

function errorAt(path: readonly PropertyKey[], place: Place, detail: string): RequestError {
  const steps = path.map((step) => (typeof step === 'number' ? step : String(step)));
  return place === 'body' ? { pointer: pointerOf(steps), detail } : { parameter: steps.join('.'), detail };
}

function readIfMatch(tag: string | null | undefined, errors: RequestError[]): string | null | undefined {
  if (tag === undefined || tag === null || tag === '*' || /^"\d{1,15}"$/.test(tag)) return tag;
  errors.push({
    parameter: 'If-Match',
    detail: 'is not an ETag that this platform gives: a version in double quotes, such as "3"',
  });
  return undefined;
}

/** The failure of a request with these faults; of very many, the first are told and all are counted. */
export function invalidRequest(operation: AnyOperation, errors: readonly RequestError[]): Failure {
  const [first] = errors;
  const where = first?.pointer === undefined ? (first?.parameter ?? '') : first.pointer || 'the body';
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new Failure({
    code: 'invalid-request',
    exit: EXIT.usage,
    message: `${operation.name}: ${where}: ${first?.detail ?? 'is not of its form'}${more}.`,
    remedy: 'Correct the places named; the form of each operation is in the OpenAPI document.',
    details: { errors: errors.slice(0, MOST_TOLD), ...(errors.length > MOST_TOLD ? { count: errors.length } : {}) },
  });
}
