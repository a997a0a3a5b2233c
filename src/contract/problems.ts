import { EXIT, type Exit } from '../domain/failure.ts';

/**
 * Every way an operation may fail, by its stable code: the HTTP status it has when served (RFC 9457), and the exit
 * it has at the command line. Near and far give the same code for the same fault.
 */
export const PROBLEMS = {
  'invalid-request': { status: 400, exit: EXIT.usage, title: 'The request is not of the operation’s form' },
  'invalid-time': { status: 422, exit: EXIT.usage, title: 'A time cannot be read' },
  'zone-needed': { status: 422, exit: EXIT.usage, title: 'A time has no zone, and none can be given to it here' },
  'unknown-zone': { status: 422, exit: EXIT.usage, title: 'There is no such time zone' },
  'time-skipped': { status: 422, exit: EXIT.usage, title: 'A clock change skips this time' },
  'time-ambiguous': { status: 422, exit: EXIT.usage, title: 'A clock change makes this time happen twice' },
  'invalid-url': { status: 422, exit: EXIT.usage, title: 'A URL cannot be read' },
  'invalid-document': { status: 422, exit: EXIT.usage, title: 'The document is wrong' },
  'empty-section': { status: 422, exit: EXIT.usage, title: 'An empty section would delete all of its entries' },
  'invalid-cursor': { status: 400, exit: EXIT.usage, title: 'The cursor is not one that this platform gave' },
  'payload-too-large': { status: 413, exit: EXIT.usage, title: 'The body is too large' },
  'headers-too-large': { status: 431, exit: EXIT.usage, title: 'The headers are too large' },
  'request-timeout': { status: 408, exit: EXIT.unavailable, title: 'The request took too long to arrive' },
  'unsupported-media-type': {
    status: 415,
    exit: EXIT.usage,
    title: 'The body’s media type or encoding is not supported',
  },
  unauthenticated: { status: 401, exit: EXIT.denied, title: 'No valid token' },
  forbidden: { status: 403, exit: EXIT.denied, title: 'The token’s role does not allow this' },
  'not-found': { status: 404, exit: EXIT.notFound, title: 'There is no such thing' },
  'ambiguous-id': { status: 409, exit: EXIT.usage, title: 'Several begin with what was given of the id' },
  'method-not-allowed': { status: 405, exit: EXIT.usage, title: 'The path does not have this method' },
  'already-exists': { status: 409, exit: EXIT.usage, title: 'There is one already' },
  'in-use': { status: 409, exit: EXIT.blocked, title: 'Something else uses it' },
  stale: { status: 412, exit: EXIT.stale, title: 'Someone changed it since' },
  'stale-plan': { status: 412, exit: EXIT.stale, title: 'Something moved since the plan was made' },
  'plan-expired': { status: 412, exit: EXIT.stale, title: 'The plan has expired' },
  'plan-applied': { status: 409, exit: EXIT.stale, title: 'The plan was applied already' },
  'plan-altered': { status: 422, exit: EXIT.usage, title: 'The plan is not the one that was stored' },
  'other-platform': { status: 409, exit: EXIT.usage, title: 'The plan was made for another platform' },
  'precondition-required': { status: 428, exit: EXIT.usage, title: 'The write does not say which version it expects' },
  protected: { status: 409, exit: EXIT.blocked, title: 'It is protected, and protection was not taken off first' },
  'guard-blocked': { status: 409, exit: EXIT.blocked, title: 'A guard blocks this' },
  'confirmation-needed': { status: 409, exit: EXIT.blocked, title: 'An effect on visitors has to be confirmed by id' },
  'deletes-not-allowed': { status: 409, exit: EXIT.blocked, title: 'The plan deletes, and deletes were not allowed' },
  'launch-not-started': { status: 409, exit: EXIT.blocked, title: 'The launch has not started' },
  'launch-held': { status: 409, exit: EXIT.blocked, title: 'The launch waits for its go' },
  'launch-ended': { status: 409, exit: EXIT.blocked, title: 'The launch has ended' },
  'launch-cancelled': { status: 409, exit: EXIT.blocked, title: 'The launch is cancelled' },
  'site-closed': { status: 409, exit: EXIT.blocked, title: 'No site of the market takes orders' },
  'sold-out': { status: 409, exit: EXIT.blocked, title: 'Fewer units are left than were asked for' },
  'over-limit': { status: 409, exit: EXIT.blocked, title: 'It is more than one buyer may have' },
  'reservation-expired': { status: 409, exit: EXIT.blocked, title: 'The reservation was not confirmed in time' },
  'reservation-released': { status: 409, exit: EXIT.blocked, title: 'The reservation was released' },
  'reservation-confirmed': { status: 409, exit: EXIT.blocked, title: 'The reservation is a sale already' },
  'idempotency-key-needed': { status: 400, exit: EXIT.usage, title: 'A write needs an Idempotency-Key' },
  'idempotency-key-reused': {
    status: 422,
    exit: EXIT.usage,
    title: 'The Idempotency-Key was used for another request',
  },
  'idempotency-in-flight': {
    status: 409,
    exit: EXIT.unavailable,
    title: 'The first request with this key is still running',
  },
  'no-checklist': { status: 409, exit: EXIT.usage, title: 'The launch has no checklist' },
  'item-automatic': { status: 409, exit: EXIT.usage, title: 'The platform proves this item, and nobody can sign it' },
  'until-past': { status: 422, exit: EXIT.usage, title: 'What is to end has ended already' },
  'gate-open': { status: 409, exit: EXIT.blocked, title: 'Required items of a checklist are open' },
  'operation-ended': { status: 409, exit: EXIT.usage, title: 'The operation has ended' },
  'upload-offset': { status: 409, exit: EXIT.unavailable, title: 'The upload goes on at another line' },
  'rate-limited': { status: 429, exit: EXIT.unavailable, title: 'Too many requests' },
  'store-busy': { status: 503, exit: EXIT.unavailable, title: 'The store is busy' },
  'store-damaged': { status: 500, exit: EXIT.usage, title: 'The store is damaged or not one of this program' },
  'store-unwritable': { status: 500, exit: EXIT.denied, title: 'The store cannot be opened for writing' },
  'store-full': { status: 507, exit: EXIT.unavailable, title: 'The disk is full' },
  unavailable: { status: 503, exit: EXIT.unavailable, title: 'The platform cannot answer now' },
  'internal-error': { status: 500, exit: EXIT.bug, title: 'A bug in the platform' },
} as const satisfies Record<string, { readonly status: number; readonly exit: Exit; readonly title: string }>;

/** What a written time may fail with; operations that read one name them all. */
export const TIME_PROBLEMS = ['invalid-time', 'zone-needed', 'unknown-zone', 'time-skipped', 'time-ambiguous'] as const;

export type ProblemCode = keyof typeof PROBLEMS;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}
