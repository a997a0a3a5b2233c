import type { Surroundings } from './surroundings.ts';

/** oclif builds commands itself and hands them its config; this is how their surroundings travel with it. */
const travelling = new WeakMap<object, Surroundings>();

export function attachSurroundings(config: object, surroundings: Surroundings): void {
  travelling.set(config, surroundings);
}

export function surroundingsOf(config: object): Surroundings {
  const surroundings = travelling.get(config);
  if (surroundings === undefined) throw new Error('a command was run outside runProgram');
  return surroundings;
}
