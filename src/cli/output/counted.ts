/** `1 site`, `2,000 sites`, `2 launches`, `2 taxonomies`. */
export function counted(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return `${grouped(count)} ${noun.replace(/(?<=[^aeiou])y$/, 'ie')}${/(s|x|ch|sh)$/.test(noun) ? 'es' : 's'}`;
}

/** Thousands apart, the same in every locale: `2,000`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
