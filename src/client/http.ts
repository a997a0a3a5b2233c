import { Agent, type Dispatcher, request as undiciRequest } from 'undici';
import type { Answer, AnyOperation, OperationOutput, OperationRequest } from '../contract/operation.ts';
import { EXIT, Failure } from '../domain/failure.ts';
import type { ClientOptions, Transport } from './client.ts';
import { ClockCheck } from './clock-check.ts';
import { failureOfAnswer, unreachable } from './http-failure.ts';
import { requestBody, requestHeaders, requestPath } from './http-request.ts';
import { readLines, readText } from './http-response.ts';
import { isTransient, type Pause, retryPause } from './retry.ts';

/** Milliseconds until an answer begins: planning a very large document takes a while. */
const TIMEOUT = 60_000;
const CONNECT_TIMEOUT = 10_000;

/**
 * A platform behind HTTP. Everything here may be sent again: reads change nothing, and writes carry a key by which
 * the platform knows a repetition. Only a streamed body cannot, since it is gone once sent.
 */
export function openHttp(url: string, token: string | null, options: ClientOptions): Transport {
  const base = baseUrl(url);
  const timeout = options.timeout ?? TIMEOUT;
  // undici's plain request follows no redirects: a token never travels to a host that it was not meant for.
  const agent = new Agent({ connect: { timeout: CONNECT_TIMEOUT }, headersTimeout: timeout, bodyTimeout: timeout });
  const clock = new ClockCheck(options);
  const pause: Pause = options.pause ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));

  async function once(operation: AnyOperation, request: AnyRequest): Promise<Dispatcher.ResponseData> {
    const sentAt = performance.now();
    const response = await undiciRequest(`${base}${requestPath(operation, request)}`, {
      method: operation.method,
      headers: requestHeaders(operation, request, token, options.version),
      body: requestBody(operation, request),
      dispatcher: agent,
    });
    const took = Math.round(performance.now() - sentAt);
    options.onDebug?.(
      `${operation.method} ${operation.path} ${response.statusCode} ${took} ms ${request.requestId ?? ''}`,
    );
    clock.see(response.headers['date'], took);
    return response;
  }

  async function send<Op extends AnyOperation>(
    operation: Op,
    request: OperationRequest<Op>,
  ): Promise<Answer<OperationOutput<Op>>> {
    const repeatable = operation.stream !== 'request';
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await attemptOf(() =>
        once(operation, request as AnyRequest).then((response) => answerOf(operation, response)),
      );
      if (outcome.kind === 'answer') return outcome.answer as Answer<OperationOutput<Op>>;
      const { failure, retryAfter } = outcome;
      const wait = repeatable && isTransient(failure) ? retryPause(attempt, retryAfter) : null;
      if (wait === null) throw failure;
      options.onDebug?.(`${operation.name} failed (${failure.code}); again in ${wait} ms`);
      await pause(wait);
    }
  }

  /** Gives what was thrown as a Failure, with what the platform says of when to come back. */
  async function attemptOf(work: () => Promise<Answer<unknown>>): Promise<Outcome> {
    try {
      return { kind: 'answer', answer: await work() };
    } catch (error) {
      if (error instanceof Failure) return { kind: 'failed', failure: error, retryAfter: retryAfterOf(error) };
      return { kind: 'failed', failure: unreachable(base, error), retryAfter: null };
    }
  }

  async function answerOf(operation: AnyOperation, response: Dispatcher.ResponseData): Promise<Answer<unknown>> {
    const { statusCode, headers, body } = response;
    if (statusCode < 200 || statusCode > 299) throw failureOfAnswer(base, statusCode, headers, await readText(body));
    const etag = headers['etag'];
    const tagged = typeof etag === 'string' ? { etag } : {};
    if (operation.stream === 'response') return { value: readLines(body, base), ...tagged };
    return { value: readJson(base, statusCode, headers, await readText(body)), ...tagged };
  }

  return { send, close: () => agent.destroy() };
}

type AnyRequest = OperationRequest<AnyOperation>;

type Outcome =
  | { readonly kind: 'answer'; readonly answer: Answer<unknown> }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly retryAfter: number | null };

function retryAfterOf({ details }: Failure): number | null {
  const seconds = (details as { readonly retryAfter?: unknown } | undefined)?.retryAfter;
  return typeof seconds === 'number' ? seconds : null;
}

function readJson(base: string, status: number, headers: Dispatcher.ResponseData['headers'], text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw failureOfAnswer(base, status, headers, text);
  }
}

/** The platform's address without a trailing slash. Throws Failure `invalid-url`. */
export function baseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const usable = url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '';
  if (usable && url.username === '' && url.password === '') return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  throw new Failure({
    code: 'invalid-url',
    exit: EXIT.usage,
    message: 'The address of the platform is no plain http or https URL.',
    remedy: 'Write it as https://admin.example.com; tokens are stored with the context and not in the URL.',
  });
}
