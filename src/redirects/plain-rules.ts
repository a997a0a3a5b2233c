import type { Chains } from './chains.ts';
import type { PathIndex } from './compiled.ts';
import type { ExactPaths } from './exact-paths.ts';
import { isPlainHost, SourceScan, TargetScan } from './plain-scan.ts';
import { parseConditions } from './query.ts';
import { DEFAULT_STATUS, type RulesetOptions } from './rule.ts';
import type { RuleColumns } from './rule-columns.ts';
import type { RuleTable } from './rule-table.ts';
import type { SitePlaces } from './site-places.ts';
import { SpanMemory } from './span-memory.ts';
import { FLAG, statusTrait } from './traits.ts';

/** What rules are filed into. */
export interface Filing {
  readonly table: RuleTable;
  readonly columns: RuleColumns;
  readonly places: SitePlaces;
  readonly paths: ExactPaths;
  readonly chains: Chains;
}

/**
 * The short way from a rule to its place: packed, exact, canonical as it stands, and nothing wrong with it, as nearly
 * every rule is. It works on the bytes alone; whatever it does not take as it is goes the long way.
 */
export class PlainRules {
  private readonly filing: Filing;
  private readonly options: RulesetOptions;
  private readonly source: SourceScan;
  private readonly target = new TargetScan();
  /** By host: where its rules go; null where the long way has to decide. */
  private readonly hosts: SpanMemory<PathIndex | null>;
  /** By origin: its number; 0 where the long way has to decide. */
  private readonly origins: SpanMemory<number>;

  constructor(filing: Filing, options: RulesetOptions) {
    this.filing = filing;
    this.options = options;
    this.source = new SourceScan(options.trailingSlash === 'ignore');
    this.hosts = new SpanMemory(filing.table.bytes, filing.table.length);
    this.origins = new SpanMemory(filing.table.bytes, filing.table.length);
  }

  /** Files a rule; false where it has to go the long way, and then nothing has changed. */
  file(index: number): boolean {
    const { table, columns } = this.filing;
    const status = table.statusAt(index) || DEFAULT_STATUS;
    const trait = statusTrait(status);
    if (trait === 0) return false;
    const origin = this.originId(index, status);
    if (origin < 0 || !this.source.scan(table.bytes, table.fromStart(index), table.fromEnd(index))) return false;
    const { source, options } = this;
    if (source.hasUpperCase && options.case === 'ignore') return false;
    if (source.queryStart >= 0 && typeof options.query !== 'string') return false;
    if (!this.insert(index)) return false;
    if (source.queryStart >= 0)
      columns.setConditions(index, parseConditions(table.text(source.queryStart, table.fromEnd(index))));
    columns.addTraits(index, trait | FLAG.valid | (source.scheme === '' ? 0 : FLAG[source.scheme]));
    if (origin === 0) return true;
    columns.targets.setPacked(index, origin, this.target.isOdd);
    columns.addTraits(index, FLAG.plain);
    return true;
  }

  /** The number of the target's origin; 0 without a target, and -1 for the long way. */
  private originId(index: number, status: number): number {
    const { table, columns } = this.filing;
    const start = table.toStart(index);
    const end = table.toEnd(index);
    if (status === 410) return start === end ? 0 : -1;
    const { target } = this;
    if (!target.scan(table.bytes, start, end)) return -1;
    const known = this.origins.get(start, target.originEnd, target.originHash);
    if (known !== undefined) return known;
    const origin = table.text(start, target.originEnd);
    const id = isPlainHost(origin.slice(origin.indexOf('/') + 2)) ? columns.targets.originId(origin) : -1;
    return this.origins.set(start, target.originEnd, target.originHash, id);
  }

  private insert(index: number): boolean {
    const { source } = this;
    if (source.hostStart < source.hostEnd) {
      const place = this.placeOfHost();
      if (place === null || !this.covers(place)) return false;
      this.insertAt(place, index);
      return true;
    }
    const places = this.filing.places.shared.filter((place) => this.covers(place));
    for (const place of places) this.insertAt(place, index);
    if (places.length > 1) this.filing.columns.placeCounts.set(index, places.length);
    return places.length > 0;
  }

  private insertAt({ id }: PathIndex, index: number): void {
    const { paths, chains } = this.filing;
    const { pathStart, pathEnd, pathHash, hasUpperCase } = this.source;
    const home = paths.enter(id, pathStart, pathEnd, pathHash, hasUpperCase);
    const head = paths.headAt(home);
    const next = chains.add(head, index);
    if (next !== head) paths.setHead(home, next);
  }

  private placeOfHost(): PathIndex | null {
    const { hostStart, hostEnd, hostHash } = this.source;
    const known = this.hosts.get(hostStart, hostEnd, hostHash);
    if (known !== undefined) return known;
    const host = this.filing.table.text(hostStart, hostEnd);
    const place = isPlainHost(host) ? (this.filing.places.placeOf(host) ?? null) : null;
    return this.hosts.set(hostStart, hostEnd, hostHash, place);
  }

  /** As `basePathCovers`, on the bytes. */
  private covers({ bases }: PathIndex): boolean {
    if (bases[0] === '') return true;
    const { pathStart, pathEnd } = this.source;
    const { bytes } = this.filing.table;
    return bases.some((base) => {
      const end = pathStart + base.length;
      if (end > pathEnd || (end < pathEnd && bytes[end] !== 47)) return false;
      for (let at = 0; at < base.length; at++) if (bytes[pathStart + at] !== base.charCodeAt(at)) return false;
      return true;
    });
  }
}
