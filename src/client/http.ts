import { Agent, type Dispatcher } from 'undici';
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
  const sender = new Sender(baseUrl(url), token, options);
  const pause: Pause = options.pause ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));
  return {
    async send<Op extends AnyOperation>(operation: Op, request: OperationRequest<Op>) {
      const repeatable = operation.stream !== 'request';
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await sender.attempt(operation, request as AnyRequest);
        if (!(outcome instanceof Failure)) return outcome as Answer<OperationOutput<Op>>;
        const wait = repeatable && isTransient(outcome) ? retryPause(attempt, retryAfterOf(outcome)) : null;
        if (wait === null) throw outcome;
        options.onDebug?.(`${operation.name} failed (${outcome.code}); again in ${wait} ms`);
        await pause(wait);
      }
    },
    close: () => sender.close(),
  };
}

/** Sends single requests over kept connections. */
class Sender {
  readonly #base: string;
  readonly #token: string | null;
  readonly #options: ClientOptions;
  readonly #agent: Agent;
  readonly #clock: ClockCheck;

  constructor(base: string, token: string | null, options: ClientOptions) {
    const timeout = options.timeout ?? TIMEOUT;
    this.#base = base;
    this.#token = token;
    this.#options = options;
    this.#agent = new Agent({ connect: { timeout: CONNECT_TIMEOUT }, headersTimeout: timeout, bodyTimeout: timeout });
    this.#clock = new ClockCheck(options);
  }

  /** The answer, or why there is none. */
  async attempt(operation: AnyOperation, request: AnyRequest): Promise<Answer<unknown> | Failure> {
    try {
      return await this.#answerOf(operation, await this.#request(operation, request));
    } catch (error) {
      return error instanceof Failure ? error : unreachable(this.#base, error);
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #request(operation: AnyOperation, request: AnyRequest): Promise<Dispatcher.ResponseData> {
    // The global `performance` takes 4 ms to load.
    const sentAt = process.hrtime.bigint();
    const { origin, pathname, search } = new URL(`${this.#base}${requestPath(operation, request)}`);
    // undici's plain request follows no redirects: a token never travels to a host that it was not meant for.
    const response = await this.#agent.request({
      origin,
      path: `${pathname}${search}`,
      method: operation.method,
      headers: requestHeaders(operation, request, this.#token, this.#options.version),
      body: requestBody(operation, request),
    });
    const took = Number((process.hrtime.bigint() - sentAt) / 1_000_000n);
    const { method, path } = operation;
    this.#options.onDebug?.(`${method} ${path} ${response.statusCode} ${took} ms ${request.requestId ?? ''}`);
    this.#clock.see(response.headers['date'], took);
    return response;
  }

  async #answerOf(operation: AnyOperation, response: Dispatcher.ResponseData): Promise<Answer<unknown>> {
    const { statusCode, headers, body } = response;
    if (statusCode < 200 || statusCode > 299) {
      throw failureOfAnswer(this.#base, statusCode, headers, await readText(body));
    }
    const etag = headers['etag'];
    const tagged = typeof etag === 'string' ? { etag } : {};
    if (operation.stream === 'response') return { value: readLines(body, this.#base), ...tagged };
    return { value: readJson(this.#base, statusCode, headers, await readText(body)), ...tagged };
  }
}

type AnyRequest = OperationRequest<AnyOperation>;

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
