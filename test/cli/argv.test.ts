import { describe, expect, it } from 'vitest';
import { type Request, readRequest, wantsJson } from '../../src/cli/argv.ts';

const IDS = ['apply', 'sites:list', 'sites:show', 'platform:token:create', 'autocomplete', 'autocomplete:create'];

describe('readRequest', () => {
  it.each<[string, Request]>([
    ['', { kind: 'help', subject: null }],
    ['--help', { kind: 'help', subject: null }],
    ['--json', { kind: 'help', subject: null }],
    ['help', { kind: 'help', subject: null }],
    ['--version', { kind: 'version' }],
    ['--json --version', { kind: 'version' }],
    ['apply', { kind: 'command', id: 'apply', argv: [] }],
    ['apply plan.json --yes', { kind: 'command', id: 'apply', argv: ['plan.json', '--yes'] }],
    ['sites list', { kind: 'command', id: 'sites:list', argv: [] }],
    ['sites show poco-gb', { kind: 'command', id: 'sites:show', argv: ['poco-gb'] }],
    ['platform token create', { kind: 'command', id: 'platform:token:create', argv: [] }],
    ['sites', { kind: 'help', subject: 'sites' }],
    ['sites --json', { kind: 'help', subject: 'sites' }],
    ['platform token', { kind: 'help', subject: 'platform:token' }],
    ['sites --help', { kind: 'help', subject: 'sites' }],
    ['sites list --help', { kind: 'help', subject: 'sites:list' }],
    ['help sites list', { kind: 'help', subject: 'sites:list' }],
    ['apply -h', { kind: 'help', subject: 'apply' }],
    ['apply -- --help', { kind: 'command', id: 'apply', argv: ['--', '--help'] }],
    ['autocomplete bash', { kind: 'command', id: 'autocomplete', argv: ['bash'] }],
    ['aply', { kind: 'unknown', words: ['aply'], typed: ['aply'] }],
    ['aply x --yes', { kind: 'unknown', words: ['aply'], typed: ['aply', 'x'] }],
    ['aply --help', { kind: 'unknown', words: ['aply'], typed: ['aply'] }],
    ['sites lst', { kind: 'unknown', words: ['sites', 'lst'], typed: ['sites', 'lst'] }],
    ['sites lst poco-gb', { kind: 'unknown', words: ['sites', 'lst'], typed: ['sites', 'lst', 'poco-gb'] }],
    ['--jsn sites list', { kind: 'unknown-flag', flag: '--jsn' }],
    ['--json sites list', { kind: 'command', id: 'sites:list', argv: ['--json'] }],
    ['--context prod sites show x', { kind: 'command', id: 'sites:show', argv: ['x', '--context', 'prod'] }],
    ['--context=prod --quiet apply', { kind: 'command', id: 'apply', argv: ['--context=prod', '--quiet'] }],
  ])('reads "%s"', (line, request) => {
    expect(readRequest(line.split(' ').filter(Boolean), IDS)).toEqual(request);
  });
});

describe('wantsJson', () => {
  it.each([
    ['sites list --json', true],
    ['sites list --output json', true],
    ['sites list --output=json', true],
    ['sites list --output csv', false],
    ['sites list', false],
    ['explain -- --json', false],
  ])('of "%s" is %s', (line, expected) => {
    expect(wantsJson(line.split(' '))).toBe(expected);
  });
});
