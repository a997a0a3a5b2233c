import { parseArgs } from 'node:util';
import { urlsIn } from '../src/cli/entries/rules/site-urls.ts';
import { Failure } from '../src/domain/failure.ts';
import { isProven, type Proof, prove } from '../src/edge-proof/prove.ts';
import { serverPath } from '../src/edge-proof/running-server.ts';
import { compileRuleset } from '../src/redirects/compile.ts';
import type { CompiledRuleset } from '../src/redirects/compiled.ts';
import { PROVEN_EDGES } from '../src/redirects/edges/edge.ts';
import { readRulesCsv } from '../src/redirects/formats/csv.ts';
import { govukFolder, govukIsPresent, readCorpus } from './govuk-corpus.ts';

/**
 * Proves the mappings of GOV.UK on an edge, site by site: `node scripts/govuk-proof.ts EDGE [SITE…] [--requests N]`. Exit 3
 * where an answer differs. Cloudflare tells no schemes apart, so that rules go there without theirs.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { requests: { type: 'string', default: '300' }, case: { type: 'string', default: 'sensitive' } },
});
const [name, ...sites] = positionals;
const edge = PROVEN_EDGES.find((one) => one === name);
if (edge === undefined || !govukIsPresent) {
  console.error(
    edge === undefined
      ? `On which edge? ${PROVEN_EDGES.join(', ')}`
      : `The corpus is not at ${govukFolder}. Name its folder: GOVUK_DATA=DIR`,
  );
  process.exit(2);
}

function rulesetOf(site: string, text: string): CompiledRuleset {
  const { rules } = readRulesCsv(text, site);
  const schemeless = rules.map((rule) => ({ ...rule, from: rule.from.replace(/^https?:\/\//, '') }));
  return compileRuleset({
    rules: edge === 'cloudflare' ? schemeless : rules,
    options: {
      query: 'preserve',
      trailingSlash: 'ignore',
      case: values.case === 'ignore' ? 'ignore' : 'sensitive',
    },
    siteUrls: urlsIn(rules.map(({ from }) => from)),
    resolveTime: Number,
  });
}

function verdictOf(proof: Proof): string {
  if (isProven(proof)) return 'proven';
  if (proof.differences.length > 0) return 'DIFFERS';
  return proof.unusable.length > 0 ? 'unusable rules' : 'nothing to prove';
}

let failed = 0;
console.log('site rules left-out unusable requests agreed differences verdict');
for (const [site, text] of readCorpus().mappings) {
  if (sites.length > 0 && !sites.includes(site)) continue;
  const ruleset = rulesetOf(site, text);
  const cwd = process.cwd();
  try {
    const proof = await prove({
      edge,
      ruleset,
      at: 0,
      seed: 1,
      requests: Number(values.requests),
      path: serverPath(process.env['PATH'] ?? '', cwd),
      cwd,
    });
    const { leftOut, unusable, requests, agreed, differences } = proof;
    const counts = [ruleset.rules.length, leftOut, unusable.length, requests, agreed, differences.length];
    console.log(site, ...counts, verdictOf(proof));
    if (differences.length > 0) failed++;
  } catch (error) {
    // What does not fit, and what does not answer; anything else is a bug.
    if (!(error instanceof Failure)) throw error;
    console.log(site, ruleset.rules.length, `${error.code}: ${error.message.replaceAll('\n', ' ')}`);
    if (error.code !== 'limit-exceeded') failed++;
  }
}
process.exitCode = failed > 0 ? 3 : 0;
