import { kindOf } from '../compiled.ts';
import { parsePattern } from '../pattern.ts';
import { isFault } from '../rule.ts';
import { parseSource } from '../source.ts';
import type { Start } from './start.ts';
import { witnessesOf } from './witness.ts';

/** URLs that are tried beyond one for each rule; shared out evenly. */
const MOST_URLS = 20_000;
const MOST_LITERALS = 40;
const MOST_VARIABLES = 3;

/**
 * Loops through patterns alone can need values that no single rule names: one rule wants `p` in one place, another `q`
 * in the next. So each rule's variable parts are also filled with the literals of all rules of its kind, in every
 * combination that the budget allows. Exact rules need none of this: they are URLs themselves.
 */
export function* combinationsOf(templates: readonly Start[]): Generator<Start> {
  if (templates.length < 2) return;
  const shapes = templates.flatMap((template) => shapeOf(template));
  const literals = [...new Set(shapes.flatMap((shape) => shape.literals))].slice(0, MOST_LITERALS);
  const share = Math.floor(MOST_URLS / templates.length);
  for (const { template, variables } of shapes) {
    if (variables === 0 || variables > MOST_VARIABLES) continue;
    const fitting = literals.slice(0, Math.floor(share ** (1 / variables)));
    for (const values of tuples(fitting, variables)) {
      for (const url of witnessesOf(template.ruleset.compiled, template.index, values)) yield { ...template, url };
    }
  }
}

interface Shape {
  readonly template: Start;
  readonly literals: readonly string[];
  readonly variables: number;
}

function shapeOf(template: Start): readonly Shape[] {
  const { compiled } = template.ruleset;
  const rule = compiled.rules.at(template.index);
  const source = rule === undefined ? undefined : parseSource(rule, compiled.options);
  if (source === undefined || isFault(source)) return [];
  switch (kindOf(compiled, template.index)) {
    case 'prefix':
      return [{ template, literals: source.path.split('/').filter((text) => text !== ''), variables: 1 }];
    case 'pattern': {
      const pattern = parsePattern(source.path);
      if (isFault(pattern)) return [];
      const literals = pattern.segments.flatMap((segment) =>
        segment.kind === 'literal' && segment.text !== '' ? [segment.text] : [],
      );
      return [{ template, literals, variables: pattern.names.length }];
    }
    case 'exact':
    case 'regex':
      return [];
  }
}

function* tuples(values: readonly string[], length: number): Generator<readonly string[]> {
  if (length === 0) {
    yield [];
    return;
  }
  for (const value of values) for (const rest of tuples(values, length - 1)) yield [value, ...rest];
}
