import type { Limit, ServerEdge } from './edge.ts';

/** What a server takes for one expression that does not take a request, in microseconds: as measured, a few times more or less elsewhere. */
const MICROSECONDS: Readonly<Record<ServerEdge, number>> = { nginx: 0.05, haproxy: 0.2, apache: 0.25, caddy: 0.05 };

/** Microseconds of a request from which on people should know. */
const MUCH = 200;

/** How many rules a server holds a request against that no exact path takes. */
export function oneByOneLimit(used: number): Limit {
  return { name: 'rules tried one by one', allowed: null, used };
}

/** What that costs, where it is much. */
export function oneByOneNotes(edge: ServerEdge, { used }: Limit): readonly string[] {
  const each = used * MICROSECONDS[edge];
  if (each < MUCH) return [];
  const perSecond = Number((1_000_000 / each).toPrecision(1));
  return [
    `${used} rules with variable parts are tried one by one: a core answers some ${perSecond} requests a second of those that no exact path takes.`,
  ];
}
