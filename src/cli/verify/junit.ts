import { escapeControls } from '../../domain/escape.ts';
import type { UrlResult, VerifyResult } from './verify-result.ts';

/** The report as CI systems read it: a test case a URL, a failure for differences, an error for no answer. */
export function junitText({ results, checked, differing, unreachable, at, complete }: VerifyResult): string {
  const counts = `tests="${checked}" failures="${differing}" errors="${unreachable}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="storectl redirects verify" ${counts}>`,
    `  <testsuite name="redirects" ${counts} skipped="0">`,
    '    <properties>',
    `      <property name="at" value="${xml(at)}"/>`,
    `      <property name="complete" value="${complete}"/>`,
    '    </properties>',
    ...results.flatMap(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ url, differences, unreachable }: UrlResult): string[] {
  const head = `    <testcase classname="${xml(new URL(url).host)}" name="${xml(url)}"`;
  const [first] = differences;
  if (first !== undefined) {
    const lines = differences.map(
      ({ kind, at, expected, got }) => `${kind} of ${at}: expected ${expected}, got ${got}`,
    );
    const message = `expected ${first.expected}, got ${first.got}`;
    const failure = `<failure type="${first.kind}" message="${xml(message)}">${xml(lines.join('\n'))}</failure>`;
    return [`${head}>`, `      ${failure}`, '    </testcase>'];
  }
  if (unreachable === null) return [`${head}/>`];
  const error = `<error type="unreachable" message="${xml(unreachable.why)}">${xml(unreachable.at)}</error>`;
  return [`${head}>`, `      ${error}`, '    </testcase>'];
}

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML 1.0 has no way at all to write most control characters, lone surrogates and U+FFFE: hosts may send any. */
function xml(text: string): string {
  return escapeControls(text.toWellFormed(), { keepNewlines: true })
    .replaceAll(/[\ufffe\uffff]/g, '\ufffd')
    .replaceAll(/[&<>"']/g, (character) => ENTITY[character] ?? character);
}
