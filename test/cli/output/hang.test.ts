import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { renderChecks } from '../../../src/cli/doctor/render-checks.ts';
import { failureText } from '../../../src/cli/failures/present-failure.ts';
import { NO_PALETTE } from '../../../src/cli/output/colours.ts';
import { hang, hangLines } from '../../../src/cli/output/hang.ts';
import { warningText } from '../../../src/cli/present.ts';
import { Failure } from '../../../src/domain/failure.ts';

const WORDS = fc.array(fc.stringMatching(/^[a-z-]{1,12}$/), { minLength: 1, maxLength: 30 });
const WIDTH = fc.integer({ min: 40, max: 100 });

describe('hang', () => {
  it('keeps every word whole and in order, and every line within the width', () => {
    fc.assert(
      fc.property(WORDS, WIDTH, (words, width) => {
        const lines = hang('Error: ', words.join(' '), width, 2);
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join(' ').split(/ +/).slice(1)).toEqual(words);
      }),
    );
  });
});

describe('a head that leaves no room', () => {
  it('has a line to itself, where the text fits better below', () => {
    expect(hang('rules/po.co-uk.csv:11: error: ', '200 is no status of a rule', 40, 4)).toEqual([
      'rules/po.co-uk.csv:11: error:',
      '    200 is no status of a rule',
    ]);
    expect(hang('rules/po.co-uk.csv:11: error: ', 'no status', 40, 4)).toEqual([
      'rules/po.co-uk.csv:11: error: no status',
    ]);
  });
});

describe('an arrow', () => {
  it('stays with what it leads to', () => {
    expect(hang('', 'https://po.co/uk/a → https://www.mi.com/global/a → https://c.mi.com/', 40)).toEqual([
      'https://po.co/uk/a',
      '→ https://www.mi.com/global/a',
      '→ https://c.mi.com/',
    ]);
  });
});

describe('hangLines', () => {
  it('leaves what is there to be copied as it is', () => {
    const command = '  storectl apply 7f3c1a52-0a55-4a58-9a3e-5f6a2d3b1c40 --yes --allow-deletes';
    expect(hangLines('', `Apply exactly this plan, and not another one:\n${command}`, 40, 0)).toEqual([
      'Apply exactly this plan, and not another',
      '  one:',
      command,
    ]);
  });
});

describe('messages on a terminal', () => {
  const text = 'The redirects of poco-global lead to a site that is dark by then, --allow-deletes and all.';
  const problem = { code: 'odd', severity: 'error', message: text, remedy: text, place: { file: 'a.yaml', line: 3 } };
  const failure = new Failure({ code: 'odd', exit: 2, message: text, remedy: text, details: { problems: [problem] } });

  it.each([40, 80])('are broken between words at %i columns', (width) => {
    const view = { width, palette: NO_PALETTE };
    const shown = [
      failureText(failure, view),
      warningText({ code: 'odd', message: text, remedy: text }, view),
      renderChecks([{ name: 'config-folder-mode', status: 'failed', found: text, source: text, remedy: text }], view),
    ].join('\n');
    for (const line of shown.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    // Every copy is there with all of its words.
    expect(shown.replace(/\s+/g, ' ').split(text)).toHaveLength(10);
  });

  it('are left as they are in a pipe', () => {
    expect(failureText(failure, { width: null, palette: NO_PALETTE }).split('\n')).toHaveLength(4);
  });
});
