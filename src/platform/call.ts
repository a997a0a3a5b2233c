import {
  type Answer,
  type AnyOperation,
  type OperationInput,
  type OperationOutput,
  type OperationRequest,
  ROLES,
} from '../contract/operation.ts';
import type { OperationName } from '../contract/operations/index.ts';
import { EXIT, Failure } from '../domain/failure.ts';
import type { Call, Handler } from './handler.ts';
import { beginWrite, endWrite, type KeyedWrite, keyHash } from './idempotency.ts';
import { HANDLERS } from './operations.ts';
import type { Caller, PlatformParts } from './parts.ts';
import type { Tables } from './store/store.ts';
import { validateRequest } from './validate-request.ts';

/**
 * The way of every call, near and far: role, form of the request, precondition, idempotency key, and then the
 * operation's own handler.
 */
export async function callOperation<Op extends AnyOperation>(
  platform: PlatformParts,
  operation: Op,
  request: OperationRequest<Op>,
  caller: Caller,
): Promise<Answer<OperationOutput<Op>>> {
  try {
    return await carryOut(platform, operation, request, caller);
  } catch (error) {
    const explained = platform.store.explain(error);
    if (!(explained instanceof TypeError)) throw explained;
    // What no entry of the right form leads to: a bug, unless there is one of another.
    const { damagedEntry } = await import('./services/damaged-entry.ts');
    throw platform.store.explain((await damagedEntry(platform)) ?? explained);
  }
}

async function carryOut<Op extends AnyOperation>(
  platform: PlatformParts,
  operation: Op,
  request: OperationRequest<Op>,
  caller: Caller,
): Promise<Answer<OperationOutput<Op>>> {
  requireRole(operation, caller);
  const input = await validateRequest(operation, request as OperationRequest<AnyOperation>);
  requirePrecondition(operation, input);
  const handler = HANDLERS[operation.name as OperationName] as unknown as Handler<AnyOperation>;
  const dryRun = (input.query as { readonly dryRun?: boolean } | undefined)?.dryRun === true;
  const key = operation.keepsKey === true ? keyHash(operation, request.idempotencyKey) : null;
  const run = (write: KeyedWrite | null) =>
    handler(callOf({ platform, caller, dryRun, key }, write), write?.input ?? input) as Promise<
      Answer<OperationOutput<Op>>
    >;
  if (operation.effect === 'read' || dryRun || operation.keepsKey === true) return run(null);
  const write = await beginWrite(platform, operation, caller, request.idempotencyKey, input);
  if (write.answered !== null) return write.answered as Answer<OperationOutput<Op>>;
  try {
    return await run(write);
  } finally {
    endWrite(platform, write);
  }
}

function callOf(call: Omit<Call, 'commit'>, write: KeyedWrite | null): Call {
  return {
    ...call,
    async commit<T>(work: (tables: Tables) => Promise<Answer<T>>) {
      if (write === null) throw new Error('a read, or a dry run, must not write');
      return call.platform.store.write((tables) => write.once(tables, work));
    },
  };
}

function requireRole(operation: AnyOperation, caller: Caller): void {
  if (ROLES.indexOf(caller.role) >= ROLES.indexOf(operation.role)) return;
  throw new Failure({
    code: 'forbidden',
    exit: EXIT.denied,
    message: `${operation.name} needs the role ${operation.role}; ${caller.actor} is ${caller.role}.`,
    remedy: `Ask an admin of the platform for a token with the role ${operation.role}.`,
    details: { operation: operation.name, needs: operation.role, has: caller.role },
  });
}

function requirePrecondition(operation: AnyOperation, input: OperationInput<AnyOperation>): void {
  if (operation.precondition === undefined || input.ifMatch !== undefined) return;
  throw new Failure({
    code: 'precondition-required',
    exit: EXIT.usage,
    message: `${operation.name} must say which version it replaces.`,
    remedy: 'Read it first and send its ETag as If-Match, or send If-None-Match: * where there must be none yet.',
    details: { operation: operation.name },
  });
}
