import type { RulesetOptions } from '../rule.ts';
import type { Shape } from './shape.ts';

/** Variable segments of one merged rule, the last ones of its path. */
const MAX_VARIABLES = 3;

/** Names for variable segments, the last segment first. */
const NAMES = ['page', 'section', 'area'] as const;

export interface MergeOptions {
  /** Rules that a merged one must stand for at least. */
  readonly atLeast: number;
  readonly options: RulesetOptions;
}

/**
 * Merges shapes that differ in one segment, again and again: `/uk/phones/a`, `/uk/phones/b` … become
 * `/uk/phones/:page`, and with `/uk/watches/:page` that becomes `/uk/:section/:page`. A segment that varies either
 * stands in the target too, in its place, or makes no difference to it. In each folder the largest group wins; the
 * others stay as they are, since an exact path outranks a pattern.
 */
export function mergeShapes(shapes: readonly Shape[], options: MergeOptions): readonly Shape[] {
  let merged: readonly Shape[] = [];
  let current = shapes;
  for (let variables = 1; variables <= MAX_VARIABLES; variables++) {
    // On the first level it takes several rules to show a habit; folders of one habit are evidence themselves.
    const atLeast = variables === 1 ? options.atLeast : 2;
    const next = mergeLevel(current, variables, atLeast, options.options);
    const absorbed = new Set(next.flatMap(({ parts }) => parts));
    merged = [...merged.filter((shape) => !absorbed.has(shape)), ...next.map(({ shape }) => shape)];
    current = next.map(({ shape }) => shape);
  }
  return merged;
}

interface Group {
  readonly shape: Shape;
  readonly parts: readonly Shape[];
}

function mergeLevel(
  shapes: readonly Shape[],
  variables: number,
  atLeast: number,
  options: RulesetOptions,
): readonly Group[] {
  const folders = new Map<string, Map<string, { readonly shape: Shape; readonly parts: Shape[] }>>();
  for (const shape of shapes) {
    for (const wider of widened(shape, variables, options)) {
      const folder = `${wider.host}/${wider.segments.join('/')}`;
      const groups = folders.get(folder) ?? new Map<string, { readonly shape: Shape; readonly parts: Shape[] }>();
      folders.set(folder, groups);
      const answer = `${wider.rest} ${wider.to ?? ''}`;
      const group = groups.get(answer);
      if (group === undefined) groups.set(answer, { shape: wider, parts: [shape] });
      else group.parts.push(shape);
    }
  }
  return [...folders.values()].flatMap((groups) => {
    const [best] = [...groups.values()].sort((a, b) => b.parts.length - a.parts.length);
    if (best === undefined || best.parts.length < atLeast) return [];
    const members = best.parts.flatMap((part) => part.members);
    return [{ shape: { ...best.shape, members }, parts: best.parts }];
  });
}

/** A shape with one more segment variable: as part of the target, and without a difference to it. */
function widened(shape: Shape, variables: number, options: RulesetOptions): readonly Shape[] {
  const place = shape.segments.length - variables;
  const segment = shape.segments[place];
  if (segment === undefined || segment === '' || place < 0) return [];
  const name = `:${NAMES[variables - 1] ?? ''}`;
  const wide = { ...shape, segments: shape.segments.with(place, name) };
  const carried = carriedTo(shape.to, segment, name, options);
  return carried === undefined ? [wide] : [{ ...wide, to: carried }, wide];
}

/** The target with its last whole segment of that text made variable. */
function carriedTo(to: string | undefined, segment: string, name: string, options: RulesetOptions): string | undefined {
  // Where case makes no difference, a visitor's own spelling would be carried over instead of the rule's.
  if (to === undefined || (options.case === 'ignore' && /[A-Za-z]/.test(segment))) return undefined;
  const path = to.search(/[?#]/) < 0 ? to : to.slice(0, to.search(/[?#]/));
  const start = path.startsWith('/') ? 0 : path.indexOf('/', path.indexOf('//') + 2);
  const at = `${path}/`.lastIndexOf(`/${segment}/`);
  if (start < 0 || at < start) return undefined;
  return `${to.slice(0, at + 1)}${name}${to.slice(at + 1 + segment.length)}`;
}
