/**
 * One text for one value: object keys in UTF-16 order, no blanks, members that are undefined left out (RFC 8785's
 * rules for the values used here: no NaN, no infinities). Digests and hash chains are taken over it, so that equal
 * values have equal digests whoever wrote them and in whatever order.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members: string[] = [];
  const object = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(object).sort()) {
    const member = object[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}
