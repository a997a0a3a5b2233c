import type { CompiledRuleset } from './compiled.ts';
import type { PathRegex } from './regex.ts';
import type { RuleTable } from './rule-table.ts';
import { Targets } from './targets.ts';
import { FLAG } from './traits.ts';

type Windows = { readonly from: Float64Array; readonly until: Float64Array };

/**
 * What compiling writes of each rule. Columns are zero from the start, and most rules have zeros almost everywhere:
 * what is not written to takes no memory.
 */
export class RuleColumns {
  readonly traits: Uint16Array;
  readonly priorities: Float64Array;
  readonly targets: Targets;
  readonly conditions = new Map<number, readonly string[]>();
  readonly conditionCounts: Uint16Array;
  readonly regexes = new Map<number, PathRegex>();
  readonly placeCounts = new Map<number, number>();
  private ownWindows: Windows | undefined = undefined;

  constructor(table: RuleTable) {
    const count = table.length;
    this.traits = new Uint16Array(count);
    this.conditionCounts = new Uint16Array(count);
    this.priorities = new Float64Array(count);
    this.targets = new Targets(table, this.traits);
  }

  get windows(): CompiledRuleset['windows'] {
    return this.ownWindows;
  }

  /** Flags, or what `kindTrait` and `statusTrait` give. */
  addTraits(index: number, traits: number): void {
    this.traits[index] = (this.traits[index] ?? 0) | traits;
  }

  /** Does nothing where there are none. */
  setConditions(index: number, conditions: readonly string[]): void {
    if (conditions.length === 0) return;
    this.conditions.set(index, conditions);
    this.conditionCounts[index] = conditions.length;
    this.addTraits(index, FLAG.conditional);
  }

  setWindow(index: number, from: number, until: number): void {
    const count = this.traits.length;
    this.ownWindows ??= {
      from: new Float64Array(count).fill(Number.NEGATIVE_INFINITY),
      until: new Float64Array(count).fill(Number.POSITIVE_INFINITY),
    };
    this.ownWindows.from[index] = from;
    this.ownWindows.until[index] = until;
  }
}
