import { describe, expect, test } from 'vitest';
import { type Finding, type LintSettings, settleFindings } from '../../src/redirects/lint/index.ts';
import { fitsWildcard } from '../../src/redirects/lint/settings.ts';

const finding = (code: string, from: string, witness?: string): Finding => ({
  code,
  severity: 'warning',
  message: '',
  rules: [{ ruleset: 'poco', from, index: 0 }],
  ...(witness === undefined ? {} : { witness }),
});

const FINDINGS = [
  finding('chain', '/a', 'https://po.co/a'),
  finding('chain', '/b', 'https://po.co/b'),
  finding('mass-target', '/c'),
];

describe('settings', () => {
  const CASES: readonly (readonly [string, LintSettings, readonly string[]])[] = [
    ['none', {}, ['warning chain /a', 'warning chain /b', 'warning mass-target /c']],
    ['off', { severities: { chain: 'off' } }, ['warning mass-target /c']],
    [
      'another severity',
      { severities: { chain: 'error', 'mass-target': 'off' } },
      ['error chain /a', 'error chain /b'],
    ],
    ['allowed by from', { allow: [{ code: 'chain', from: '/a' }] }, ['warning chain /b', 'warning mass-target /c']],
    [
      'allowed by witness',
      { allow: [{ code: 'chain', witness: 'https://*/b' }] },
      ['warning chain /a', 'warning mass-target /c'],
    ],
    [
      'allowed only where both fit',
      { allow: [{ code: 'chain', from: '/a', witness: '*/b' }], severities: { 'mass-target': 'off' } },
      ['warning chain /a', 'warning chain /b'],
    ],
    [
      'without a witness, none fits',
      { allow: [{ code: 'mass-target', witness: '*' }], severities: { chain: 'off' } },
      ['warning mass-target /c'],
    ],
  ];

  test.each(CASES)('%s', (_, settings, expected) => {
    const settled = settleFindings(FINDINGS, settings);
    expect(settled.findings.map(({ severity, code, rules }) => `${severity} ${code} ${rules[0]?.from}`)).toEqual(
      expected,
    );
    expect(settled.left).toBe(FINDINGS.length - expected.length);
  });

  test('entries that allow nothing are named', () => {
    const stale = { code: 'chain', from: '/gone' } as const;
    expect(settleFindings(FINDINGS, { allow: [{ code: 'chain', from: '/a' }, stale] }).unused).toEqual([stale]);
  });

  const WILDCARDS: readonly (readonly [string, string, boolean])[] = [
    ['/a', '/a', true],
    ['/a', '/ab', false],
    ['*', '', true],
    ['/a*', '/ab', true],
    ['*b', '/ab', true],
    ['/a*a', '/a', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['a.c', 'abc', false],
  ];
  test.each(WILDCARDS)('%s and %s', (pattern, text, fits) => expect(fitsWildcard(pattern, text)).toBe(fits));
});
