import type { LaunchSpec } from '../document/launch-schema.ts';
import { EXIT, Failure } from '../failure.ts';
import type { SiteState } from '../state/site-segments.ts';
import { humanDuration } from '../time/duration.ts';
import { formatInstant } from '../time/format-time.ts';
import { type LaunchOffer, offerIn } from './launch-items.ts';
import { type LaunchRun, launchStateAt } from './launch-state.ts';

/** What a buyer asks for. */
export interface ReservationRequest {
  readonly launch: string;
  readonly market: string;
  readonly sku: string;
  readonly buyer: string;
  /** Units, at least one. */
  readonly quantity: number;
}

/** What is spoken for already: units that are held or confirmed and have neither expired nor been released. */
export interface Taken {
  /** Of the item in the market, by everybody. */
  readonly inMarket: number;
  /** Of the item in every market of the launch, by this buyer. */
  readonly byBuyer: number;
}

/** The scope of a purchase limit, as every answer names it. */
export const LIMIT_SCOPE = 'units of one product per buyer, across all orders and markets of the launch';

/**
 * What a buyer asks for, as it is sold there.
 *
 * @throws Failure `not-found` with what there is
 */
export function requireOffer({ launch, market, sku }: ReservationRequest, spec: LaunchSpec): LaunchOffer {
  const offer = offerIn(spec, sku, market);
  if (offer !== null) return offer;
  const there = spec.markets.includes(market);
  throw new Failure({
    code: 'not-found',
    exit: EXIT.notFound,
    message: there
      ? `Launch \`${launch}\` has no \`${sku}\` in ${market}.`
      : `Launch \`${launch}\` is not in market ${market}.`,
    remedy: there ? `It has ${Object.keys(spec.items).join(', ')}.` : `It is in ${spec.markets.join(', ')}.`,
    details: { launch, market, sku },
  });
}

/**
 * Whether a buyer gets what he asks for. It is the caller's part to ask this and to note the answer in one step that
 * nothing comes between.
 *
 * @throws Failure `launch-not-started`, `launch-held`, `launch-ended` or `launch-cancelled` while nothing is sold,
 *   with the time that remains; `sold-out` or `over-limit` with what is left for anybody, or for this buyer
 */
export function requireAvailable(
  request: ReservationRequest,
  run: LaunchRun,
  offer: LaunchOffer,
  taken: Taken,
  at: number,
): void {
  requireLive(request, run, at);
  const { sku, market, quantity } = request;
  const { allocation, limitPerBuyer } = offer;
  if (limitPerBuyer !== null && taken.byBuyer + quantity > limitPerBuyer) {
    const left = Math.max(0, limitPerBuyer - taken.byBuyer);
    throw refused(
      'over-limit',
      request,
      `${limitPerBuyer} of \`${sku}\` is the limit per buyer, and this buyer has ${taken.byBuyer}`,
      left === 0 ? 'nothing more can be reserved for this buyer' : `ask for ${left} at most`,
      { limit: limitPerBuyer, scope: LIMIT_SCOPE, has: taken.byBuyer, left },
    );
  }
  if (allocation !== null && taken.inMarket + quantity > allocation) {
    const left = Math.max(0, allocation - taken.inMarket);
    throw refused(
      'sold-out',
      request,
      left === 0
        ? `\`${sku}\` is sold out in ${market}`
        : `${left} of \`${sku}\` ${left === 1 ? 'is' : 'are'} left in ${market}, not ${quantity}`,
      left === 0 ? 'units come back where reservations expire or are released' : `ask for ${left} at most`,
      { allocation, left },
    );
  }
}

/**
 * Whether a shop of the market takes orders: what no site sells, nobody can have asked for.
 *
 * @param site the most open one of the market, null where it has none
 * @throws Failure `site-closed`
 */
export function requireOpenSite(
  request: ReservationRequest,
  site: { readonly id: string; readonly state: SiteState } | null,
): void {
  if (site?.state === 'active') return;
  const { market } = request;
  throw refused(
    'site-closed',
    request,
    site === null ? `${market} has no site that sells` : `site ${site.id} of ${market} is ${site.state}`,
    `see what its sites are and when with: storectl status --market ${market}`,
    { site: site?.id ?? null, state: site?.state ?? null },
  );
}

function requireLive(request: ReservationRequest, run: LaunchRun, at: number): void {
  const { launch } = request;
  const state = launchStateAt(run, at);
  switch (state) {
    case 'live':
      return;
    case 'scheduled': {
      const left = run.startsAt - at;
      throw refused(
        'launch-not-started',
        request,
        `launch \`${launch}\` starts in ${humanDuration(left)}, at ${formatInstant(run.startsAt)}`,
        'ask again then',
        { startsAt: formatInstant(run.startsAt), millisecondsLeft: left },
      );
    }
    case 'held':
      throw refused(
        'launch-held',
        request,
        `launch \`${launch}\` waits for its go since ${formatInstant(run.startsAt)}`,
        `complete its checklist and say: storectl launches go ${launch}`,
        { startsAt: formatInstant(run.startsAt) },
      );
    case 'ended': {
      const ended = run.endsAt ?? at;
      throw refused(
        'launch-ended',
        request,
        `launch \`${launch}\` ended ${humanDuration(at - ended)} ago, at ${formatInstant(ended)}`,
        'nothing more can be reserved',
        { endedAt: formatInstant(ended) },
      );
    }
    case 'cancelled':
      throw refused(
        'launch-cancelled',
        request,
        `launch \`${launch}\` is cancelled: ${run.spec.cancelled ?? ''}`,
        'nothing more can be reserved',
        {},
      );
  }
}

function refused(
  code: string,
  { launch, market, sku }: ReservationRequest,
  message: string,
  remedy: string,
  details: Readonly<Record<string, unknown>>,
): Failure {
  return new Failure({ code, exit: EXIT.blocked, message, remedy, details: { launch, market, sku, ...details } });
}
