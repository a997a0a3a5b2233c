import type { RuleSpec, RulesReference } from '../../../domain/document/schema.ts';
import type { Spec } from '../fields.ts';
import type { ReadResource } from '../read.ts';

/** A ruleset as a command wants it. */
export interface RulesetWrite {
  readonly id: string;
  /** What is there; null makes a new one. */
  readonly present: ReadResource<'rulesets'> | null;
  /** Everything but the rules. */
  readonly options: Spec;
  /** Rules, or the content that an upload gave them; null leaves them as they are. */
  readonly rules: readonly RuleSpec[] | RulesReference | null;
  /** Whether the rules are kept as a draft, even of a dry run. */
  readonly keepsDraft?: boolean;
}
