import type { Documents } from '../../domain/document/resources.ts';
import { HOLD_MINUTES, requireConfirmable, requireReleasable } from '../../domain/launches/hold.ts';
import { launchRun } from '../../domain/launches/launch-times.ts';
import { requireAvailable, requireOffer, requireOpenSite } from '../../domain/launches/reserve.ts';
import { sellingSite } from '../../domain/state/selling-site.ts';
import { keyReused } from '../key-reused.ts';
import { notFound } from '../services/not-found.ts';
import { indexOf } from '../services/world-index.ts';
import type { LaunchPlace, ReservationRow, UnitsRow } from '../store/rows.ts';
import type { Tables } from '../store/store.ts';
import type { Ask, ReserveAsk, SettleAsk } from './ask.ts';

export interface LedgerInput {
  readonly tables: Tables;
  /** As they are in the same transaction. */
  readonly documents: Documents;
  /** Epoch milliseconds: one instant for the whole round. */
  readonly at: number;
}

/** What a round of asks depends on, read in its transaction; then what they come to, written in the same. */
export interface Ledger {
  /** Decides one ask on top of those before it. Throws Failure, and then it has changed nothing. */
  decide(ask: Ask): ReservationRow;
  write(): Promise<void>;
}

export async function openLedger(input: LedgerInput, asks: readonly Ask[]): Promise<Ledger> {
  const { tables, at } = input;
  const reserves = asks.filter((ask) => ask.kind === 'reserve');
  const byKey = new Map<string, ReservationRow>();
  for (const [actor, own] of Map.groupBy(reserves, (ask) => ask.actor)) {
    const rows = await tables.reservations.byKeys(actor, distinct(own.map(({ key }) => key)));
    for (const row of rows) byKey.set(keyOf(row), row);
  }
  const fresh = reserves.filter((ask) => !byKey.has(keyOf(ask)));
  const settles = distinct(asks.flatMap((ask) => (ask.kind === 'reserve' ? [] : [ask.id])));
  const byId = new Map((await tables.reservations.byIds(settles)).map((row) => [row.id, row]));

  const units = new Map<string, UnitsRow>();
  const asked = fresh.map(({ request }) => request).filter((request) => isPlace(input.documents, request));
  for (const place of [...asked, ...byId.values()]) {
    const key = placeOf(place);
    if (!units.has(key)) units.set(key, await tables.reservations.lapse(place, at));
  }
  const ofBuyers = new Map<string, number>();
  for (const own of Map.groupBy(fresh, ({ request: { launch, sku } }) => `${launch}/${sku}`).values()) {
    const [{ request: first } = { request: null }] = own;
    if (first === null) continue;
    const buyers = distinct(own.map(({ request }) => request.buyer));
    for (const [buyer, count] of await tables.reservations.unitsOfBuyers(first.launch, first.sku, buyers, at)) {
      ofBuyers.set(buyerOf({ ...first, buyer }), count);
    }
  }
  return new RoundLedger(input, { byKey, byId, units, ofBuyers });
}

/** What was read; each is brought up to date with every ask that is granted. */
interface Read {
  readonly byKey: Map<string, ReservationRow>;
  readonly byId: Map<string, ReservationRow>;
  readonly units: Map<string, UnitsRow>;
  readonly ofBuyers: Map<string, number>;
}

class RoundLedger implements Ledger {
  readonly #input: LedgerInput;
  readonly #read: Read;
  readonly #made: ReservationRow[] = [];
  readonly #settled: { readonly confirm: string[]; readonly release: string[] } = { confirm: [], release: [] };
  readonly #moved = new Set<string>();
  readonly #sites = new Map<string, ReturnType<typeof sellingSite>>();

  constructor(input: LedgerInput, read: Read) {
    this.#input = input;
    this.#read = read;
  }

  decide(ask: Ask): ReservationRow {
    return ask.kind === 'reserve' ? this.#reserve(ask) : this.#settle(ask);
  }

  async write(): Promise<void> {
    const { reservations } = this.#input.tables;
    await reservations.insert(this.#made);
    await reservations.settle(this.#settled.confirm, 'confirmed', this.#input.at);
    await reservations.settle(this.#settled.release, 'released', this.#input.at);
    await reservations.putUnits([...this.#moved].flatMap((place) => this.#read.units.get(place) ?? []));
  }

  #reserve(ask: ReserveAsk): ReservationRow {
    const { byKey, ofBuyers, units } = this.#read;
    const { documents, at } = this.#input;
    const first = byKey.get(keyOf(ask));
    if (first !== undefined) return firstAnswer(first, ask);

    const { request, id, actor, key } = ask;
    const launch = documents.launches.get(request.launch);
    if (launch === undefined) throw notFound('launch', request.launch);
    const offer = requireOffer(request, launch.spec);
    const taken = units.get(placeOf(request));
    const byBuyer = ofBuyers.get(buyerOf(request)) ?? 0;
    const inMarket = (taken?.held ?? 0) + (taken?.confirmed ?? 0);
    const run = launchRun(launch, request.market, documents.signoffs.get(launch.id)?.spec);
    requireAvailable(request, run, offer, { inMarket, byBuyer }, at);
    requireOpenSite(request, this.#siteOf(request.market));

    const row: ReservationRow = {
      id,
      launch: request.launch,
      market: request.market,
      sku: request.sku,
      buyer: request.buyer,
      quantity: request.quantity,
      price: JSON.stringify(offer.price),
      state: 'held',
      createdAt: at,
      expiresAt: at + (launch.spec.holdMinutes ?? HOLD_MINUTES) * 60_000,
      settledAt: null,
      actor,
      key,
    };
    byKey.set(keyOf(ask), row);
    ofBuyers.set(buyerOf(request), byBuyer + request.quantity);
    this.#move(request, request.quantity, 0);
    this.#made.push(row);
    return row;
  }

  /** The most open site of a market, found once a round. */
  #siteOf(market: string): ReturnType<typeof sellingSite> {
    const known = this.#sites.get(market);
    if (known !== undefined) return known;
    const site = sellingSite(indexOf(this.#input.documents), market, this.#input.at);
    this.#sites.set(market, site);
    return site;
  }

  #settle({ kind, launch, id }: SettleAsk): ReservationRow {
    const { byId } = this.#read;
    const { at, documents } = this.#input;
    const row = byId.get(id);
    if (row === undefined || row.launch !== launch) throw notFound('reservation', id, 'Check the id and its launch.');
    const todo =
      kind === 'confirm'
        ? requireConfirmable(row, documents.launches.get(launch)?.spec.cancelled, at)
        : requireReleasable(row, at);
    if (!todo) return row;
    const settled: ReservationRow = { ...row, state: kind === 'confirm' ? 'confirmed' : 'released', settledAt: at };
    byId.set(id, settled);
    this.#settled[kind].push(id);
    this.#move(row, -row.quantity, kind === 'confirm' ? row.quantity : 0);
    return settled;
  }

  #move(place: LaunchPlace, held: number, confirmed: number): void {
    const { units } = this.#read;
    const key = placeOf(place);
    const { launch, market, sku } = place;
    const before = units.get(key) ?? { launch, market, sku, held: 0, confirmed: 0 };
    units.set(key, { ...before, held: before.held + held, confirmed: before.confirmed + confirmed });
    this.#moved.add(key);
  }
}

/** The answer as it was given first: what became of the reservation since is asked by its id. */
function firstAnswer(first: ReservationRow, { request }: ReserveAsk): ReservationRow {
  const same = (['launch', 'market', 'sku', 'buyer', 'quantity'] as const).every((own) => first[own] === request[own]);
  if (!same) throw keyReused();
  return { ...first, state: 'held', settledAt: null };
}

/** Nothing is read for what no launch sells: anybody can name any number of those. */
function isPlace({ launches }: Documents, { launch, market, sku }: LaunchPlace): boolean {
  const spec = launches.get(launch)?.spec;
  return spec?.markets.includes(market) === true && Object.hasOwn(spec.items, sku);
}

function keyOf({ actor, key }: { readonly actor: string; readonly key: string }): string {
  return `${actor}\n${key}`;
}

function placeOf({ launch, market, sku }: LaunchPlace): string {
  return `${launch}/${market}/${sku}`;
}

function buyerOf({ launch, sku, buyer }: { readonly launch: string; readonly sku: string; readonly buyer: string }) {
  return `${launch}/${sku}/${buyer}`;
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
