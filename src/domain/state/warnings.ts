import type { Documents, Resource } from '../document/resources.ts';
import { targetOf } from '../document/resources.ts';
import { SECTIONS } from '../document/sections.ts';
import { formatInstant } from '../time/format-time.ts';
import { movedBy } from '../time/moved-time.ts';

/**
 * What somebody should look at, whatever they asked: exceptions past their review, and instants that the present tz
 * database reads otherwise than the one that resolved them. The stored instants stay in force.
 *
 * @param now epoch milliseconds
 * @param tzdb version of the tz database in use
 */
export function standingWarnings(documents: Documents, now: number, tzdb: string): readonly string[] {
  return [...reviewsDue(documents, now), ...movedInstants(documents, tzdb)];
}

function reviewsDue(documents: Documents, now: number): readonly string[] {
  return [...documents.exceptions.values()]
    .filter((exception) => Object.values(exception.times['reviewBy'] ?? {}).some((time) => time.at <= now))
    .map(
      ({ id, spec }) =>
        `exception ${id} is past its review date (${spec.reviewBy}); ask ${spec.owner} whether it still holds`,
    );
}

function movedInstants(documents: Documents, tzdb: string): readonly string[] {
  return SECTIONS.flatMap((section) =>
    [...(documents[section] as ReadonlyMap<string, Resource>).values()].flatMap((resource) =>
      Object.entries(resource.times).flatMap(([field, resolved]) =>
        Object.entries(resolved).flatMap(([market, time]) => {
          const moved = movedBy(time, tzdb);
          if (moved === null) return [];
          return [
            `${targetOf(resource)} ${field} (${time.text}${market === '*' ? '' : `, ${market}`}) would be ${formatInstant(moved.to)} under tz database ${tzdb}; ${formatInstant(moved.from)} stays in force until it is planned and applied`,
          ];
        }),
      ),
    ),
  );
}
