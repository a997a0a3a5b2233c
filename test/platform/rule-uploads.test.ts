import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rulesReference } from '../../src/client/index.ts';
import type { AnyOperation, OperationOutput, OperationRequest } from '../../src/contract/operation.ts';
import { api } from '../../src/contract/operations/index.ts';
import { isPlainRuleLine, ruleLine } from '../../src/domain/document/rule-lines.ts';
import { RuleSpec } from '../../src/domain/document/schema.ts';
import { Failure } from '../../src/domain/failure.ts';
import { readUploadedLine } from '../../src/platform/services/uploaded-line.ts';
import { ADMIN, failureOf, testPlatform } from './fixture.ts';
import { POCO } from './poco.ts';

const DAY = 24 * 60 * 60 * 1000;

const line = (number: number) => `{"from":"/uk/${number}","to":"https://www.mi.com/${number}"}`;

async function open() {
  const { platform, clock } = await testPlatform();
  const call = async <Op extends AnyOperation>(
    operation: Op,
    request: Omit<OperationRequest<Op>, 'idempotencyKey'>,
  ): Promise<OperationOutput<Op>> => {
    const keyed = { ...request, idempotencyKey: randomUUID() } as unknown as OperationRequest<Op>;
    return (await platform.call(operation, keyed, ADMIN)).value;
  };
  const append = (id: string, offset: number, ...blocks: (readonly string[])[]) =>
    call(api.rules.append, {
      params: { id },
      query: { offset },
      body: (async function* () {
        yield* blocks;
      })(),
    });
  const uploaded = async (...lines: string[]) => {
    const { id } = await call(api.rules.begin, {});
    await append(id, 0, lines);
    const { result } = await call(api.rules.complete, { params: { id } });
    if (result === null) throw new Error('the upload was not sealed');
    return result;
  };
  const isGone = async (content: string): Promise<boolean> => {
    try {
      await call(api.rules.find, { params: { content } });
      return false;
    } catch (error) {
      if (error instanceof Failure && error.code === 'not-found') return true;
      throw error;
    }
  };
  return { call, append, uploaded, clock, isGone };
}

describe('what an upload has taken', () => {
  it('is known by digest at any time, whatever the blocks it came in', async () => {
    const { call, append } = await open();
    const { id } = await call(api.rules.begin, {});
    const lines = Array.from({ length: 3_000 }, (_, i) => line(i));
    await append(id, 0, lines.slice(0, 10), [], lines.slice(10, 2_500));
    await append(id, 2_500, lines.slice(2_500));
    const digest = await call(api.rules.digest, { params: { id } });
    expect(digest).toEqual({ received: 3_000, accepted: 3_000, digest: rulesReference(lines).content });
    await append(id, 3_000, ['', '{"form":1}']);
    expect(await call(api.rules.digest, { params: { id } })).toMatchObject({ received: 3_002, accepted: 3_000 });
    await call(api.operations.cancel, { params: { id } });
    expect(await failureOf(call(api.rules.digest, { params: { id } }))).toMatchObject({ code: 'operation-ended' });
  });
});

describe('rules that were uploaded', () => {
  it('are forgotten after a week in which nothing named them', async () => {
    const { call, uploaded, clock, isGone } = await open();
    const { content } = await uploaded(line(1), line(2));
    clock.now += 6 * DAY;
    await call(api.rules.begin, {});
    expect(await isGone(content)).toBe(false);
    clock.now += 2 * DAY;
    await call(api.rules.begin, {});
    expect(await isGone(content)).toBe(true);
    expect(await uploaded(line(1), line(2))).toMatchObject({ content });
    expect(await isGone(content)).toBe(false);
  });

  it('stay while a plan that names them may still be asked for, and for ever once they were applied', async () => {
    const { call, uploaded, clock, isGone } = await open();
    const [planned, applied] = [await uploaded(line(1)), await uploaded(line(2))];
    clock.now += 7 * DAY - 1;
    const planFor = (rules: typeof planned) =>
      call(api.plans.create, {
        body: { document: { ...POCO, rulesets: { 'poco-gb': { site: 'poco-gb', rules } } } },
      });
    const plan = await planFor(applied);
    await call(api.plans.apply, { params: { id: plan.id }, body: { digest: plan.digest } });
    await planFor(planned);
    clock.now += 7 * DAY;
    await call(api.rules.begin, {});
    expect([await isGone(planned.content), await isGone(applied.content)]).toEqual([false, false]);
    clock.now += 2 * DAY;
    await call(api.rules.begin, {});
    expect([await isGone(planned.content), await isGone(applied.content)]).toEqual([true, false]);
  });
});

describe('a line that is known by its form', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '/', ' ', '"', '\\', 'é', '{', ',', ':', '\u0000'),
    minLength: 1,
    maxLength: 8,
  });

  it('is a rule, and its own canonical line', () => {
    const rule = fc.record(
      { from: text, to: text, status: fc.integer({ min: 0, max: 999 }) },
      { requiredKeys: ['from'] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          rule.map((one) => JSON.stringify(one)),
          rule.map(ruleLine),
        ),
        (written) => {
          if (!isPlainRuleLine(written)) return;
          const checked = RuleSpec.safeParse(JSON.parse(written));
          expect(checked.success && ruleLine(checked.data)).toBe(written);
        },
      ),
      { numRuns: 2_000 },
    );
    expect(isPlainRuleLine(line(1))).toBe(true);
  });

  it.each([
    ['{"from":"/a","status":301,"to":"/b"}', '{"from":"/a","to":"/b"}'],
    [' {"to":"/b","from":" /a "}\r', '{"from":"/a","to":"/b"}'],
    ['{"from":"/a","status":410}', '{"from":"/a","status":410}'],
    ['{"from":"/ä","to":"/b"}', '{"from":"/ä","to":"/b"}'],
  ])('%s is taken as it is meant', (written, canonical) => {
    expect(readUploadedLine('rules', written, 1, null)).toEqual({ kind: 'line', line: canonical, sku: null });
  });
});
