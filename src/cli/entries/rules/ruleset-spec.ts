import type { StoredRulesetSpec } from '../../../domain/document/schema.ts';
import { EXIT, Failure } from '../../../domain/failure.ts';
import { editSpec, type Field, type Said, type Spec } from '../fields.ts';
import { parseQueryPolicy } from './rule-flags.ts';

/** A ruleset without its rules. */
export type RulesetOptionsSpec = Omit<StoredRulesetSpec, 'rules'>;

export const RULESET_FIELDS: readonly Field[] = [
  { key: 'site', flag: 'site', kind: 'text', needed: true },
  { key: 'query', flag: 'query', kind: 'text' },
  { key: 'trailingSlash', flag: 'trailing-slash', kind: 'text' },
  { key: 'case', flag: 'case', kind: 'text' },
  { key: 'fallback', flag: 'fallback', kind: 'text' },
  { key: 'inForceFrom', flag: 'in-force', kind: 'text' },
  { key: 'allowedHosts', flag: 'allowed-host', kind: 'list' },
  { key: 'protected', flag: 'protected', kind: 'switch' },
  // A fault in the rules is a fault of the rule that was said.
  { key: 'rules', flag: 'from', kind: 'text' },
];

/** The options of a ruleset with what was said on top; `query` is left out where it is said of a rule. */
export function editRuleset(present: Spec, said: Said, of: 'ruleset' | 'rule'): Spec {
  const plain = RULESET_FIELDS.filter(({ flag }) => !['query', 'fallback', 'from', 'in-force'].includes(flag));
  const spec: Record<string, unknown> = { ...editSpec(plain, said, present) };
  const { query } = said;
  if (of === 'ruleset' && typeof query === 'string') {
    if (query === '') delete spec['query'];
    else spec['query'] = parseQueryPolicy(query);
  }
  const fallback = editedFallback(spec['fallback'] as StoredRulesetSpec['fallback'], said);
  if (fallback === undefined) delete spec['fallback'];
  else spec['fallback'] = fallback;
  return spec;
}

function editedFallback(present: StoredRulesetSpec['fallback'], said: Said): unknown {
  const { fallback: text, 'fallback-status': status } = said;
  if (text === '') return undefined;
  if (text === '410') return { status: 410 };
  const to = typeof text === 'string' ? text : present !== undefined && 'to' in present ? present.to : undefined;
  if (to !== undefined) {
    const kept = typeof text === 'string' ? undefined : present?.status;
    const own = status ?? kept;
    return { to, ...(own === undefined ? {} : { status: own }) };
  }
  if (status === undefined) return present;
  throw new Failure({
    code: 'input-needed',
    exit: EXIT.usage,
    message: '--fallback-status says how, and not where to.',
    remedy: 'Add --fallback URL',
  });
}
