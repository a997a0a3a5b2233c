export interface FewOfEach<T> {
  readonly shown: readonly T[];
  /** How many of each kind were left out, the most first. */
  readonly left: readonly (readonly [kind: string, count: number])[];
}

/** So many of one kind can be read one by one. */
export const MOST_OF_A_KIND = 50;
/** Of more, so many say what it is about. */
const SAMPLE = 10;

/** Of each kind that has more than `most`, only the first few; the order stays. */
export function fewOfEach<T>(all: readonly T[], kindOf: (one: T) => string, most = MOST_OF_A_KIND): FewOfEach<T> {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(kindOf(one), (counts.get(kindOf(one)) ?? 0) + 1);
  const seen = new Map<string, number>();
  const shown = all.filter((one) => {
    const kind = kindOf(one);
    const before = seen.get(kind) ?? 0;
    seen.set(kind, before + 1);
    return (counts.get(kind) ?? 0) <= most || before < SAMPLE;
  });
  const left = [...counts].flatMap(([kind, count]) => (count > most ? [[kind, count - SAMPLE] as const] : []));
  return { shown, left: left.sort(([, a], [, b]) => b - a) };
}
