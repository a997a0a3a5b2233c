import { describe, expect, it } from 'vitest';
import { colourLevel, paletteFor } from '../../../src/cli/output/colours.ts';
import { terminalWidth } from '../../../src/cli/output/view.ts';

describe('colourLevel', () => {
  it.each([
    [true, {}, 1],
    [false, {}, 0],
    [undefined, {}, 0],
    [true, { TERM: 'dumb' }, 0],
    [true, { TERM: 'xterm-256color' }, 2],
    [true, { COLORTERM: 'truecolor' }, 3],
    [true, { NO_COLOR: '1' }, 0],
    [true, { NO_COLOR: '' }, 1],
    [false, { FORCE_COLOR: '1' }, 1],
    [false, { FORCE_COLOR: '' }, 1],
    [false, { FORCE_COLOR: '3' }, 3],
    [true, { FORCE_COLOR: '0' }, 0],
    [true, { FORCE_COLOR: 'false' }, 0],
    [true, { FORCE_COLOR: '1', TERM: 'dumb' }, 1],
    [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, 0],
  ])('of a terminal %s with %j is %i', (isTTY, env, level) => {
    expect(colourLevel(isTTY === undefined ? {} : { isTTY }, env)).toBe(level);
  });
});

describe('paletteFor', () => {
  it('colours at its level whatever the process has', async () => {
    expect((await paletteFor(1)).bad('x')).toBe('\u001b[31mx\u001b[39m');
    expect((await paletteFor(0)).bad('x')).toBe('x');
  });

  it('colours lists of lines without their positions', async () => {
    expect(['x', 'y'].map((await paletteFor(1)).faint)).toEqual(['\u001b[2mx\u001b[22m', '\u001b[2my\u001b[22m']);
  });
});

describe('terminalWidth', () => {
  it.each([
    [{ isTTY: true, columns: 40 }, 40],
    [{ isTTY: true, columns: 0 }, 80],
    [{ isTTY: true }, 80],
    [{ isTTY: false, columns: 40 }, null],
    [{}, null],
  ])('of %j is %s', (stream, width) => {
    expect(terminalWidth(stream)).toBe(width);
  });
});
