import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Documents, RulesetRevision } from '../../domain/document/resources.ts';
import { createTimeResolver } from '../../domain/time/time-resolver.ts';
import type { CompiledRuleset } from '../../redirects/compile.ts';
import type { PlatformParts } from '../parts.ts';

/**
 * The compiled revisions of one state. Answering is synchronous and loading is not: `compiled` gives what is at hand
 * and notes what was not, and `loadMissing` brings that for the next try.
 */
export class CompiledRevisions {
  readonly #platform: PlatformParts;
  readonly #documents: Documents;
  readonly #missing = new Map<string, RulesetRevision>();
  /** What this state's answers use: kept here too, since the shared cache may be smaller than one request's needs. */
  readonly #held = new Map<string, CompiledRuleset | null>();
  readonly #keys = new WeakMap<RulesetRevision, string>();

  constructor(platform: PlatformParts, documents: Documents) {
    this.#platform = platform;
    this.#documents = documents;
  }

  readonly compiled = (_ruleset: string, revision: RulesetRevision): CompiledRuleset | null => {
    const key = this.#keyOf(revision);
    const held = this.#held.get(key);
    if (held !== undefined) return held;
    const known = this.#platform.compiled.get(key);
    if (known === undefined) this.#missing.set(key, revision);
    else this.#held.set(key, known);
    return known ?? null;
  };

  /** Loads and compiles what was asked for in vain; false where nothing was. */
  async loadMissing(): Promise<boolean> {
    const missing = [...this.#missing];
    this.#missing.clear();
    if (missing.length === 0) return false;
    // Where no rule is asked for, as on a site that still serves, none of the engine that reads them has to be there.
    const { compileRevision } = await import('../../domain/state/compile-revision.ts');
    for (const [key, revision] of missing) {
      const rules = await this.#platform.rules.load(revision.spec.rules.content);
      if (rules === null) {
        this.#held.set(key, null);
        continue;
      }
      const compiled = compileRevision(this.#documents, revision, rules, createTimeResolver(this.#platform.tzdb));
      this.#held.set(key, compiled);
      this.#platform.compiled.set(key, compiled, rules.length);
    }
    return true;
  }

  /** Everything that the compiled form depends on. */
  #keyOf(revision: RulesetRevision): string {
    const known = this.#keys.get(revision);
    if (known !== undefined) return known;
    const site = this.#documents.sites.get(revision.spec.site)?.spec;
    const zone = this.#documents.markets.get(site?.market ?? '')?.spec.timeZone;
    const key = canonicalJson([revision.spec, revision.times, site?.urls, zone]);
    this.#keys.set(revision, key);
    return key;
  }
}
