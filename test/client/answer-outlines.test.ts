import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { isAnswerOf, OUTLINES, type Outline } from '../../src/client/answer-outlines.ts';
import type { AnyOperation } from '../../src/contract/operation.ts';
import { allOperations, type OperationName } from '../../src/contract/operations/index.ts';

interface JsonSchema {
  readonly type?: string;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
}

const TYPES: Readonly<Record<string, readonly string[]>> = {
  text: ['string'],
  number: ['number', 'integer'],
  flag: ['boolean'],
  record: ['object'],
  records: ['array'],
  texts: ['array'],
};

/** What the outline asks for and the schema does not promise. */
function unpromised(outline: Outline, schema: JsonSchema | undefined, path = ''): string[] {
  const whole = schema?.anyOf?.find(({ type }) => type === 'object') ?? schema;
  return Object.entries(outline).flatMap(([member, form]) => {
    const at = `${path}/${member}`;
    const property = whole?.properties?.[member];
    if (property === undefined || whole?.required?.includes(member) !== true) return [at];
    if (typeof form === 'string') {
      const kinds = property.oneOf ?? [property];
      return kinds.every(({ type }) => TYPES[form]?.includes(type ?? '') === true) ? [] : [at];
    }
    return Array.isArray(form) ? unpromised(form[0], property.items, at) : unpromised(form as Outline, property, at);
  });
}

describe('the outline of an answer', () => {
  it.each(allOperations().map((operation): [string, AnyOperation] => [operation.name, operation]))(
    'asks for nothing that the contract does not promise: %s',
    async (name, operation) => {
      const schema = z.toJSONSchema(await operation.output(), { io: 'output', unrepresentable: 'any' }) as JsonSchema;
      expect(unpromised(OUTLINES[name as OperationName], schema)).toEqual([]);
      expect(Object.keys(OUTLINES[name as OperationName]).length).toBeGreaterThan(0);
    },
  );

  it('takes null only where an answer may be nothing', () => {
    const takers = allOperations().filter(({ name }) => isAnswerOf(name, null));
    expect(takers.map(({ name }) => name)).toEqual(['plans.apply']);
  });
});
