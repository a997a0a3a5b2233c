import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLError,
  type YAMLMap,
  type Document as YamlTree,
} from 'yaml';
import type { Place, Problem } from '../failure.ts';
import { pathOf } from './pointer.ts';

/** A text of YAML 1.2 with every fault of its form, and the way back from values to places. */
export interface YamlSource {
  /** The text as plain values; undefined where it is too wrong to have any, and null where it is empty. */
  readonly content: unknown;
  readonly problems: readonly Problem[];
  /** Where something was written: its key, or its list item; the nearest thing around it where it was not written. */
  placeOf(pointer: string): Place;
}

/** More values than this from aliases are an attack, not a style. */
const MAX_ALIASES = 100;

const BYTE_ORDER_MARK = '\ufeff';

/** Reads a text without letting any of YAML's surprises pass as something else than was written. */
export function readYaml(written: string, file: string): YamlSource {
  const text = written.startsWith(BYTE_ORDER_MARK) ? written.slice(1) : written;
  const lines = new LineCounter();
  // Keys are compared in `faultsOfForm`: the parser would compare each with every other one.
  const yaml = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: false,
    prettyErrors: false,
    resolveKnownTags: false,
    logLevel: 'error',
  });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const placeOf = placesIn(yaml, at);
  const syntax = syntaxProblems([...yaml.errors, ...yaml.warnings], at);
  if (syntax.length > 0) return { content: undefined, problems: syntax, placeOf };

  const faults = [...directiveFaults(yaml), ...faultsOfForm(yaml.contents)].toSorted((a, b) => a.offset - b.offset);
  const problems = faults.map(({ offset, ...fault }): Problem => ({ severity: 'error', ...fault, place: at(offset) }));
  if (faults.some((fault) => fault.code !== 'duplicate-key')) return { content: undefined, problems, placeOf };
  try {
    return { content: yaml.toJS({ maxAliasCount: MAX_ALIASES }), problems, placeOf };
  } catch (error) {
    // What is left to go wrong here: too many aliases (ReferenceError), or a nesting that no stack holds (RangeError).
    if (error instanceof RangeError) return { content: undefined, problems: [...problems, tooDeep(at(0))], placeOf };
    if (!(error instanceof ReferenceError)) throw error;
    const message = `aliases of the document stand for more than ${MAX_ALIASES} times what is written`;
    const bomb: Problem = { ...invalid(message, 'write the entries out'), place: at(0) };
    return { content: undefined, problems: [...problems, bomb], placeOf };
  }
}

function invalid(message: string, remedy?: string): Problem {
  return { code: 'invalid-yaml', severity: 'error', message, ...(remedy === undefined ? {} : { remedy }) };
}

function tooDeep(place: Place): Problem {
  return { ...invalid('the document is nested too deeply', 'no entry needs more than a few levels'), place };
}

/** The parser's own complaints. One that ran out of stack is followed by hundreds that mean nothing. */
function syntaxProblems(errors: readonly YAMLError[], at: (offset: number) => Place): readonly Problem[] {
  const overflow = errors.find((error) => error.message.startsWith('Maximum call stack'));
  if (overflow !== undefined) return [tooDeep(at(overflow.pos[0]))];
  return errors.map((error): Problem => ({ ...syntaxProblem(error), place: at(error.pos[0]) }));
}

function syntaxProblem({ code, message }: YAMLError): Problem {
  switch (code) {
    case 'MULTIPLE_DOCS':
      return invalid('a second document begins here', 'write one document in a file, with one `---` at most');
    case 'TAB_AS_INDENT':
      return invalid('the line is indented with a tab', 'indent with spaces');
    case 'TAG_RESOLVE_FAILED':
      return invalid(
        'a tag (`!…`) has no meaning here',
        'leave it out: every value is a text, a number, a flag, a list or a map',
      );
    default:
      return invalid(message.split('\n', 1)[0] ?? message);
  }
}

interface FormFault {
  readonly code: 'duplicate-key' | 'invalid-yaml';
  readonly offset: number;
  readonly message: string;
  readonly remedy: string;
}

/** `%YAML 1.1` turns `no` into false and dates into something else than text. */
function directiveFaults(yaml: YamlTree): readonly FormFault[] {
  const version = yaml.directives?.yaml.version;
  if (version === undefined || version === '1.2') return [];
  const message = `the document asks to be read as YAML ${version}`;
  return [{ code: 'invalid-yaml', offset: 0, message, remedy: 'take the %YAML line out: documents are YAML 1.2' }];
}

/** Keys named twice, keys that would not stay as written, and aliases of nothing. */
function faultsOfForm(contents: unknown): readonly FormFault[] {
  const faults: FormFault[] = [];
  const anchors = new Set<string>();
  const waiting: unknown[] = [contents];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (isAlias(node)) {
      if (!anchors.has(node.source)) faults.push(unknownAlias(node.source, startOf(node)));
      continue;
    }
    if (isNode(node) && 'anchor' in node && typeof node.anchor === 'string') anchors.add(node.anchor);
    if (isMap(node)) {
      for (const fault of keyFaults(node)) faults.push(fault);
      for (const pair of node.items.toReversed()) waiting.push(pair.value);
    } else if (isSeq(node)) {
      for (const item of node.items.toReversed()) waiting.push(item);
    }
  }
  return faults;
}

function keyFaults(map: YAMLMap): readonly FormFault[] {
  const seen = new Set<string>();
  return map.items.flatMap(({ key }): FormFault[] => {
    const offset = isNode(key) ? startOf(key) : startOf(map);
    if (!isScalar(key)) {
      return [
        { code: 'invalid-yaml', offset, message: 'a key is a list, a map or an alias', remedy: 'a key is a text' },
      ];
    }
    const name = String(key.value);
    const written = key.source ?? name;
    if (key.value === null || name !== written) {
      const message = `YAML reads the key \`${written}\` as ${key.value === null ? 'nothing' : name}`;
      return [{ code: 'invalid-yaml', offset, message, remedy: `put it in quotes: "${written}"` }];
    }
    if (name === '__proto__') {
      return [{ code: 'invalid-yaml', offset, message: '`__proto__` cannot be a key', remedy: 'take it out' }];
    }
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const message = `the key \`${name}\` stands twice in the same map`;
    return [{ code: 'duplicate-key', offset, message, remedy: 'keep one of them, or give one another name' }];
  });
}

function unknownAlias(name: string, offset: number): FormFault {
  return {
    code: 'invalid-yaml',
    offset,
    message: `the alias \`*${name}\` has no anchor \`&${name}\` before it`,
    remedy: 'name an anchor that stands above it, or put the text in quotes',
  };
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

/** Finds pointers in the text. The keys of a map are indexed when it is first asked for, since problems come in thousands. */
function placesIn(yaml: YamlTree, at: (offset: number) => Place): YamlSource['placeOf'] {
  const indexes = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();
  const pairsOf = (map: YAMLMap): ReadonlyMap<string, Pair> => {
    const known = indexes.get(map) ?? new Map(map.items.filter(isPair).map((pair) => [String(pair.key), pair]));
    indexes.set(map, known);
    return known;
  };
  return (pointer) => {
    let node: unknown = yaml.contents;
    let offset = isNode(node) ? startOf(node) : 0;
    for (const step of pathOf(pointer)) {
      if (isMap(node)) {
        const pair = pairsOf(node).get(step);
        if (pair === undefined) break;
        if (isNode(pair.key)) offset = startOf(pair.key);
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(step)];
        if (isNode(node)) offset = startOf(node);
      } else break;
    }
    return { ...at(offset), pointer };
  };
}
