import { randomUUID } from 'node:crypto';
import type { AnyOperation, OperationRequest } from '../contract/operation.ts';
import { EXIT, Failure } from '../domain/failure.ts';
import type { Client, ClientOptions, ItemOf, ListOperation, Transport } from './client.ts';
import type { Target } from './target.ts';

/** The largest page that a platform gives. */
const PAGE = 1000;

/**
 * Opens the admin API of a platform. Embedded, the file is made where there is none; remote, nothing is sent before
 * the first call. Throws Failure where the embedded store cannot be opened or the URL is none.
 */
export async function openClient(target: Target, options: ClientOptions): Promise<Client> {
  const newId = options.newId ?? randomUUID;
  const transport = await openTransport(target, options);

  const nameRequest = options.newId ?? requestName;
  const call: Client['call'] = (operation, request) =>
    transport.send(operation, complete(operation, request, nameRequest, newId));

  async function* listAll<Op extends ListOperation>(
    operation: Op,
    request?: Omit<OperationRequest<Op>, 'query'>,
  ): AsyncGenerator<ItemOf<Op>> {
    const seen = new Set<string>();
    let cursor: string | undefined;
    do {
      const query = { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
      const { value } = await call(operation, { ...request, query } as unknown as OperationRequest<Op>);
      const page = value as { readonly items: readonly ItemOf<Op>[]; readonly next?: string };
      yield* page.items;
      cursor = page.next;
      if (cursor !== undefined && seen.has(cursor)) throw endlessList(operation);
      seen.add(cursor ?? '');
    } while (cursor !== undefined);
  }

  return { target, call, listAll, close: () => transport.close() };
}

/** A cursor that was there before leads to the same pages again, without end. */
function endlessList({ name }: ListOperation): Failure {
  return new Failure({
    code: 'unavailable',
    exit: EXIT.unavailable,
    message: `The platform's pages of ${name} lead in a circle: it gave the same cursor twice.`,
    remedy: 'Run the command again. If it happens again, tell the platform’s operator.',
    details: { operation: name, permanent: true },
  });
}

/** The request with the names that every one carries: its own, and a write's key. */
function complete<Op extends AnyOperation>(
  operation: Op,
  request: OperationRequest<Op> | undefined,
  nameRequest: () => string,
  newId: () => string,
): OperationRequest<Op> {
  const given: { readonly idempotencyKey?: string; readonly requestId?: string } = request ?? {};
  return {
    ...request,
    requestId: given.requestId ?? nameRequest(),
    ...(operation.effect === 'write' ? { idempotencyKey: given.idempotencyKey ?? newId() } : {}),
  } as OperationRequest<Op>;
}

/**
 * 64 bits by which logs tell requests apart. It is no secret and no key, and a read needs nothing else of node:crypto,
 * which takes 4 ms to load.
 */
function requestName(): string {
  const half = () =>
    Math.floor(Math.random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return half() + half();
}

async function openTransport(target: Target, options: ClientOptions): Promise<Transport> {
  switch (target.kind) {
    case 'embedded': {
      const { openEmbedded } = await import('./embedded.ts');
      return openEmbedded(target.file, options);
    }
    case 'remote': {
      const { openHttp } = await import('./http.ts');
      return openHttp(target.url, target.token, options);
    }
  }
}
