import type { Problem } from '../failure.ts';
import { createTimeResolver, type TimeResolver } from '../time/time-resolver.ts';
import { affectedMarkets } from './affected-markets.ts';
import { checkAssertions } from './checks/assertions.ts';
import { checkCatalogs } from './checks/catalogs.ts';
import type { Checking } from './checks/checking.ts';
import { checkExceptions } from './checks/exceptions.ts';
import { checkFreezeWindows } from './checks/freeze-windows.ts';
import { checkLaunches } from './checks/launches.ts';
import { checkMarkets } from './checks/markets.ts';
import { checkReadiness } from './checks/readiness.ts';
import { checkRulesets, whenDark } from './checks/rulesets.ts';
import { checkShutdowns } from './checks/shutdowns.ts';
import { checkSites } from './checks/sites.ts';
import { FaultList } from './fault-list.ts';
import { resolveTimes } from './resolve-resource.ts';
import { type Documents, emptyDocuments, type ResolvedTimes, type Resource } from './resources.ts';
import { SECTIONS, type Section } from './sections.ts';
import type { Specs } from './specs.ts';

export interface CheckedDocuments {
  readonly documents: Documents;
  readonly problems: readonly Problem[];
}

export interface CheckOptions {
  /** Version of the tz database in use, kept beside every instant. */
  readonly tzdb: string;
  readonly known: ReadonlySet<Section>;
  readonly resolver?: TimeResolver;
}

/**
 * Resolves every time of the stated entries and checks what they say of each other. All faults are reported, by
 * JSON pointer; the documents are whole only where none is an error.
 */
export function checkDocuments(specs: Specs, options: CheckOptions): CheckedDocuments {
  const faults = new FaultList();
  const resolver = options.resolver ?? createTimeResolver(options.tzdb);
  const documents = emptyDocuments();
  const checking: Checking = { specs, documents, known: options.known, faults };

  checkMarkets(checking);
  for (const section of SECTIONS) {
    const into = documents[section] as Map<string, Resource>;
    for (const [id, spec] of specs[section]) {
      const markets = affectedMarkets(specs, section, id);
      const times: ResolvedTimes = resolveTimes(section, spec, markets, resolver, faults, [section, id]);
      into.set(id, { kind: section, id, version: 0, spec, times: { ...times, ...whenDark(checking, section, id) } });
    }
  }
  checkFreezeWindows(checking);
  checkSites(checking);
  checkShutdowns(checking);
  checkRulesets(checking);
  checkExceptions(checking);
  checkCatalogs(checking);
  checkReadiness(checking);
  checkLaunches(checking);
  checkAssertions(checking);
  return { documents, problems: faults.problems };
}
