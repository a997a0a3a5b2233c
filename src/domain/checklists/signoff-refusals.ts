import { escapeControls } from '../escape.ts';
import { EXIT, Failure } from '../failure.ts';
import { nearest } from '../nearest.ts';
import { formatInstant } from '../time/format-time.ts';
import type { ItemStatus } from './item-state.ts';
import type { LaunchChecklist } from './launch-checklist.ts';

/** Why something cannot be signed, waived or let go, with the way out. */

export function requireItem({ launch, items, checklist }: LaunchChecklist, item: string): ItemStatus {
  const found = items.find((status) => status.item === item);
  if (found !== undefined) return found;
  const known = items.map((status) => status.item);
  const guess = nearest(item, known);
  throw new Failure({
    code: 'not-found',
    exit: EXIT.notFound,
    message: `Checklist ${checklist.id} of launch ${launch} has no item ${item}.${guess === null ? '' : ` Did you mean ${guess}?`}`,
    remedy: `It has: ${known.join(', ')}`,
    details: { noun: 'checklist item', launch, item, nearest: guess, known },
  });
}

export function itemAutomatic({ launch }: LaunchChecklist, { item, title, state, why, advice }: ItemStatus): Failure {
  const missing =
    state === 'passed'
      ? 'It holds already.'
      : `It lacks:${why.map((reason) => `\n  ${escapeControls(reason)}`).join('')}`;
  return new Failure({
    code: 'item-automatic',
    exit: EXIT.usage,
    message: `${item} (${escapeControls(title)}) is proven by the platform, so nobody can sign it. ${missing}`,
    remedy:
      state === 'passed'
        ? 'Nothing is left to do for it.'
        : `${advice ?? ''} Where it may stay open for a while: storectl launches waive ${launch} ${item}`.trim(),
    details: { launch, item, state, why },
  });
}

export function requireFuture(what: string, until: number, at: number): void {
  if (until > at) return;
  throw new Failure({
    code: 'until-past',
    exit: EXIT.usage,
    message: `${what} would end at ${formatInstant(until)}, and it is ${formatInstant(at)} now.`,
    remedy: 'Give an end that is still to come.',
    details: { until: formatInstant(until), now: formatInstant(at) },
  });
}

/**
 * Nobody signs for what does not take place: the signature would stand as if somebody had looked at it.
 *
 * @throws Failure `launch-cancelled`
 */
export function requireSignable({ launch, markets }: LaunchChecklist): void {
  if (markets.some(({ state }) => state === 'cancelled')) throw cancelled(launch, 'there is nothing to sign or waive');
}

function cancelled(launch: string, what: string): Failure {
  return new Failure({
    code: 'launch-cancelled',
    exit: EXIT.blocked,
    message: `Launch ${launch} is cancelled: ${what}.`,
    remedy:
      'Take the cancellation back first with storectl rollback CHANGE; storectl changes list shows which change it was.',
    details: { launch },
  });
}

export function requireAhead({ launch, markets }: LaunchChecklist): void {
  const states = new Set(markets.map(({ state }) => state));
  if (states.has('cancelled')) throw cancelled(launch, 'there is nothing to let go');
  if (states.size === 1 && states.has('ended')) {
    throw new Failure({
      code: 'launch-ended',
      exit: EXIT.blocked,
      message: `Launch ${launch} has ended in every market: there is nothing to let go.`,
      remedy: 'Plan another launch.',
      details: { launch, markets },
    });
  }
}

/** So many reasons of one item are said; the checklist has all. */
const MOST_REASONS = 5;

export function gateOpen({ launch, version, go }: LaunchChecklist, open: readonly ItemStatus[]): Failure {
  const listed = open.map(({ item, title, state, why }) => {
    const more = why.length > MOST_REASONS ? [`and ${why.length - MOST_REASONS} more`] : [];
    const reasons = [...why.slice(0, MOST_REASONS), ...more].map((reason) => `\n    ${escapeControls(reason)}`);
    return `\n  ${item}: ${escapeControls(title)} (${state})${reasons.join('')}`;
  });
  const items = open.length === 1 ? '1 required item is' : `${open.length} required items are`;
  return new Failure({
    code: 'gate-open',
    exit: EXIT.blocked,
    message: `Launch ${launch} ${go?.stands === true ? `was let go by ${go.by} before, and ${items} open now` : `was not let go: ${items} open`}.${listed.join('')}`,
    remedy:
      go?.stands === true
        ? `The go stands until somebody takes it back with: storectl launches hold ${launch}; walk the items with: storectl launches checklist ${launch}`
        : `Walk them with: storectl launches checklist ${launch}`,
    details: {
      launch,
      version,
      open: open.map(({ item, title, kind, state, why }) => ({ item, title, kind, state, why })),
    },
  });
}
