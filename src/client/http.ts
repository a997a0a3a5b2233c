import { Agent, type Dispatcher } from 'undici';
import type { Answer, AnyOperation, OperationOutput, OperationRequest } from '../contract/operation.ts';
import { EXIT, Failure } from '../domain/failure.ts';
import { isAnswerOf } from './answer-outlines.ts';
import type { ClientOptions, Transport } from './client.ts';
import { ClockCheck } from './clock-check.ts';
import { failureOfAnswer, isUnconnected, otherApi, unreachable } from './http-failure.ts';
import { requestBody, requestHeaders, requestPath } from './http-request.ts';
import { readLines, readText } from './http-response.ts';
import { type Patience, patienceFor } from './patience.ts';
import { attemptsAfter, type Pause, retryPause, timedOut } from './retry.ts';
import { stopwatch } from './stopwatch.ts';

const CONNECT_TIMEOUT = 10_000;
/** A wait that is longer than this, in milliseconds, is told to a person. */
const TOLD_WAIT = 2_000;

/**
 * A platform behind HTTP. Everything here may be sent again: reads change nothing, and writes carry a key by which
 * the platform knows a repetition. Only a streamed body cannot, since it is gone once sent.
 */
export function openHttp(url: string, token: string | null, options: ClientOptions): Transport {
  const base = baseUrl(url);
  requireToken(token);
  const sender = new Sender(base, token, options);
  const pause: Pause = options.pause ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));
  return {
    async send<Op extends AnyOperation>(operation: Op, request: OperationRequest<Op>) {
      const patience = patienceFor(operation, options.timeout);
      const elapsed = stopwatch();
      for (let attempt = 1, waited = 0; ; attempt += 1) {
        const outcome = await sender.attempt(operation, request as AnyRequest, patience);
        if (!(outcome instanceof Failure)) return outcome as Answer<OperationOutput<Op>>;
        const wait = operation.stream === 'request' ? null : retryPause(attempt, outcome);
        if (wait === null || Math.max(elapsed(), waited) + wait >= patience.total) throw outcome;
        options.onDebug?.(`${operation.name} failed (${outcome.code}: ${outcome.message}); again in ${wait} ms`);
        if (timedOut(outcome) || wait >= TOLD_WAIT)
          options.onWaiting?.(goingOn(base, outcome, attempt, wait, patience));
        await pause(wait);
        waited += wait;
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
    this.#base = base;
    this.#token = token;
    this.#options = options;
    this.#agent = new Agent({ connect: { timeout: CONNECT_TIMEOUT } });
    this.#clock = new ClockCheck(options);
  }

  /** The answer, or why there is none. */
  async attempt(operation: AnyOperation, request: AnyRequest, patience: Patience): Promise<Answer<unknown> | Failure> {
    try {
      return await this.#answerOf(operation, await this.#request(operation, request, patience), patience);
    } catch (error) {
      return error instanceof Failure ? error : unreachable(this.#base, error);
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #request(operation: AnyOperation, request: AnyRequest, patience: Patience): Promise<Dispatcher.ResponseData> {
    const elapsed = stopwatch();
    const { origin, pathname, search } = new URL(`${this.#base}${requestPath(operation, request)}`);
    // undici's plain request follows no redirects: a token never travels to a host that it was not meant for.
    const response = await this.#agent.request({
      origin,
      path: `${pathname}${search}`,
      method: operation.method,
      headers: requestHeaders(operation, request, this.#token, this.#options.version),
      headersTimeout: patience.answer,
      bodyTimeout: patience.answer,
      body: requestBody(operation, request),
    });
    const took = elapsed();
    const { method, path } = operation;
    this.#options.onDebug?.(`${method} ${path} ${response.statusCode} ${took} ms ${request.requestId ?? ''}`);
    this.#clock.see(response.headers['date'], took);
    return response;
  }

  async #answerOf(
    operation: AnyOperation,
    response: Dispatcher.ResponseData,
    { total }: Patience,
  ): Promise<Answer<unknown>> {
    const { statusCode, headers, body } = response;
    if (statusCode < 200 || statusCode > 299) {
      throw failureOfAnswer(this.#base, statusCode, headers, await readText(body, total));
    }
    const etag = headers['etag'];
    const tagged = typeof etag === 'string' ? { etag } : {};
    if (operation.stream === 'response') return { value: readLines(body, this.#base, operation.name), ...tagged };
    const value = readJson(this.#base, statusCode, headers, await readText(body, total));
    if (!isAnswerOf(operation.name, value)) throw otherApi(this.#base, operation.name);
    return { value, ...tagged };
  }
}

type AnyRequest = OperationRequest<AnyOperation>;

/** What a person reads while a call is tried again. */
function goingOn(base: string, failure: Failure, attempt: number, wait: number, { answer }: Patience): string {
  const { host } = new URL(base);
  const most = attemptsAfter(failure);
  const count = Number.isFinite(most) ? ` (${attempt + 1} of ${most})` : '';
  return timedOut(failure)
    ? `no answer from ${host} after ${(isUnconnected(failure) ? CONNECT_TIMEOUT : answer) / 1000} s, trying again${count}`
    : `${host} cannot answer now (${failure.code}), trying again in ${Math.ceil(wait / 1000)} s${count}`;
}

function readJson(base: string, status: number, headers: Dispatcher.ResponseData['headers'], text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw failureOfAnswer(base, status, headers, text);
  }
}

/** A header can carry nothing else, and what it carries must not be told. */
function requireToken(token: string | null): void {
  if (token === null || /^[\x21-\x7e]+$/.test(token)) return;
  throw new Failure({
    code: 'invalid-token',
    exit: EXIT.usage,
    message: 'The token is empty, or has characters that no token has.',
    remedy: 'Store it again, or give it in STORECTL_TOKEN: the token alone, on one line.',
  });
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
