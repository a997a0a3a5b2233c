import { expect, test } from 'vitest';
import { viewOf } from '../../../src/cli/output/view.ts';
import { type DifferenceView, type ProofView, renderProof } from '../../../src/cli/rules-files/render-proof.ts';
import { collector, surroundingsFor } from '../support/in-process.ts';

const difference = (rule: number | null, target: string): DifferenceView => ({
  scheme: 'https',
  host: 'po.co',
  target,
  why: 'another Location',
  rule,
  expected: { status: 301, location: 'https://www.mi.com/a' },
  actual: { status: 301, location: 'https://www.mi.com/b' },
});

const PROOF: ProofView = {
  edge: 'nginx',
  seed: 1,
  requests: 10,
  agreed: 6,
  refused: 0,
  spelling: 0,
  lost: 0,
  leftOut: 0,
  losses: [],
  asked: [],
  unusable: [],
  skipped: 0,
  differences: [difference(1, '/a'), difference(1, '/A'), difference(1, '/a?x'), difference(null, '/b')],
};

async function rendered(columns?: number): Promise<string> {
  const { stream } = collector(columns);
  const surroundings = surroundingsFor({ env: { NO_COLOR: '1' } }, stream, stream);
  return renderProof(PROOF, await viewOf('stdout', surroundings));
}

test('tells what differs once for each rule, with how often', async () => {
  const text = await rendered();
  expect(text.match(/expected/g)).toHaveLength(2);
  expect(text).toContain('  https://po.co/a\n');
  expect(text).toContain('    and 2 more requests for this rule (--json has all)\n');
  expect(text).not.toContain('without a rule');
});

test('breaks no line to the first column of a narrow terminal', async () => {
  const lines = (await rendered(40)).split('\n');
  expect(lines.filter((line) => line.length > 40)).toEqual([]);
});
