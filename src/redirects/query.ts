import { canonicalQuery } from './canonical.ts';
import type { QueryPolicy } from './rule.ts';

/**
 * Queries are lists of parameters split at `&` and at the first `=`. Names and values are compared in canonical form
 * with `+` read as a space, case-sensitively; `a` and `a=` are the same parameter. What is passed on keeps the
 * visitor's own spelling and order.
 *
 * A rule whose `from` has a query asks for those parameters: for each name it gives, the request must carry exactly
 * the rule's values, in any order; names the rule does not give do not matter. So `?id=3` takes `?utm=1&id=3`, but
 * neither `?id=4` nor `?id=3&id=4`, and two rules for different ids never tie. The parameters a rule asked for have
 * done their work and are not passed on to the target.
 */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  /** Name and value in the form of a condition. */
  readonly key: string;
  /** As the visitor wrote it. */
  readonly text: string;
}

export function parseParameters(query: string): Parameter[] {
  if (query === '') return [];
  if (!query.includes('&')) return [parseParameter(query)];
  return query
    .split('&')
    .filter((text) => text !== '')
    .map(parseParameter);
}

function parseParameter(text: string): Parameter {
  const whole = comparable(text);
  const equals = whole.indexOf('=');
  const key = equals < 0 ? `${whole}=` : whole;
  const end = equals < 0 ? whole.length : equals;
  return { name: key.slice(0, end), value: key.slice(end + 1), key, text };
}

function comparable(text: string): string {
  return text.includes('+') ? text.replaceAll('+', '%20') : text;
}

/** A parameter name as a person writes it in a `significant` list, in the form that is compared. */
export function comparableName(name: string): string {
  return comparable(canonicalQuery(name).replaceAll('&', '%26').replaceAll('=', '%3D'));
}

/** The conditions of a rule's query, sorted; equal lists mean equal conditions. */
export function parseConditions(query: string): readonly string[] {
  const canonical = canonicalQuery(query);
  // One parameter, as most rules with a query have.
  if (canonical !== '' && !canonical.includes('&') && !canonical.includes('+'))
    return [canonical.includes('=') ? canonical : `${canonical}=`];
  return parseParameters(canonical)
    .map(({ key }) => key)
    .sort();
}

export function conditionName(condition: string): string {
  return condition.slice(0, condition.indexOf('='));
}

/** Whether a request carries, for every name the conditions give, exactly the values they give. */
export function conditionsHold(conditions: readonly string[], parameters: readonly Parameter[]): boolean {
  const [only] = parameters;
  if (only !== undefined && parameters.length === 1 && conditions.length === 1) return conditions[0] === only.key;
  let wanted = conditions.length;
  for (const parameter of parameters) {
    if (conditions.includes(parameter.key)) wanted--;
    else if (namesParameter(conditions, parameter.name)) return false;
  }
  return wanted === 0 && (conditions.length < 2 || repeatsAgree(conditions, parameters));
}

export function namesParameter(conditions: readonly string[], name: string): boolean {
  const start = `${name}=`;
  for (const condition of conditions) if (condition.startsWith(start)) return true;
  return false;
}

/** With several conditions the counts must agree one by one: `a=1&a=1&b=2` is not `a=1&b=2&b=2`. */
function repeatsAgree(conditions: readonly string[], parameters: readonly Parameter[]): boolean {
  const carried = parameters
    .map(({ key }) => key)
    .filter((key) => conditions.includes(key))
    .sort();
  return carried.every((text, index) => text === conditions[index]);
}

/**
 * What of the request's query goes on to the target: by policy, without what the rule's own conditions used up, and
 * without the names that the target sets itself.
 */
export function passedQuery(query: string, policy: QueryPolicy, consumed: readonly string[], own: string): string {
  if (query === '' || policy === 'drop') return '';
  if (policy === 'preserve' && consumed.length === 0 && own === '') return query;
  // Most visitors of a rule that asks for a parameter bring that and no other.
  if (consumed.length === 1 && consumed[0] === query) return '';
  const ownNames = own === '' ? [] : parseParameters(canonicalQuery(own)).map((parameter) => parameter.name);
  const significant = policy === 'preserve' ? undefined : policy.significant.map(comparableName);
  return parseParameters(query)
    .filter(
      ({ name }) =>
        !ownNames.includes(name) && !namesParameter(consumed, name) && (significant?.includes(name) ?? true),
    )
    .map(({ text }) => text)
    .join('&');
}
