import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../cli/support/in-process.ts';
import { OPENING, PRODUCTS } from '../domain/opening.ts';
import { storectl } from './support/installed.ts';
import { CTRL_C, ENTER, hasTerminal, inTerminal, type Terminal } from './support/terminal.ts';

const LAUNCH = 'mi-store-opening';
const DOWN = '\u001b[B';
const CHECKLIST = {
  items: {
    policy: { check: 'policy' },
    'load-test': { title: 'The load test held at the expected number of buyers', validForDays: 14 },
    'on-call': { title: 'People are on call from an hour before the start until it ends' },
  },
};

/** A platform that opens in four markets in the far future. */
async function home(): Promise<string> {
  const folder = temporaryFolder();
  const file = join(folder, 'storectl.yaml');
  const { endsAt: _, ...launch } = OPENING.launches[LAUNCH];
  const launches = { [LAUNCH]: { ...launch, startsAt: '2099-05-19T13:00[Europe/Berlin]' } };
  const certifications = { ce: { title: 'CE', markets: launch.markets, skus: Object.keys(launch.items) } };
  const checklists = { 'flash-sale': CHECKLIST };
  const document = { version: 1, ...OPENING, certifications, launches, checklists, products: PRODUCTS };
  writeFileSync(file, JSON.stringify(document));
  const { exit, stderr } = await storectl(['apply', '-f', file, '--yes'], { env: { STORECTL_HOME: folder } });
  if (exit !== 0) throw new Error(stderr);
  return folder;
}

/** A line of what the program says; prompts and what is typed into them are inquirer's. */
function ownLines(terminal: Terminal): readonly string[] {
  const [own = ''] = terminal.text().split('? load-test');
  return own.split('\n');
}

describe.skipIf(!hasTerminal)('a checklist at a terminal', () => {
  it.each([40, 80])('of %i columns is walked, stopped and gone on with', { timeout: 60_000 }, async (columns) => {
    const env = { STORECTL_HOME: await home() };
    const first = inTerminal(['launches', 'checklist', LAUNCH], { columns, env });
    await first.shows('Stop here');
    expect(first.text()).toMatch(/✓ passed +policy/);
    expect(ownLines(first).filter((line) => line.length > columns)).toEqual([]);
    first.type(ENTER);
    await first.shows('What was done');
    first.type(`held${ENTER}`);
    await first.shows('2/2 on-call');
    await first.shows('? on-call');
    first.type(CTRL_C);
    expect(await first.ended).toBe(130);
    expect(first.text().replaceAll(/\s+/g, ' ')).toContain(`Go on with: storectl launches checklist ${LAUNCH}`);
    // The cursor is there again.
    expect(first.raw().lastIndexOf('\u001b[?25h')).toBeGreaterThan(first.raw().lastIndexOf('\u001b[?25l'));

    const second = inTerminal(['launches', 'checklist', LAUNCH], { columns, env });
    await second.shows('1/1 on-call');
    await second.shows('Stop here');
    second.type(`${DOWN}${ENTER}`);
    await second.shows('Where is it shown?');
    second.type(`https://example.com/rota${ENTER}`);
    expect(await second.ended).toBe(0);
    const said = second.text().replaceAll('\n', '');
    expect(said).toContain('The same without questions:');
    expect(said).toContain(`storectl launches sign ${LAUNCH} on-call --link https://example.com/rota --yes`);
    expect(said).toContain(`storectl launches go ${LAUNCH}`);

    const shown = await storectl(['launches', 'checklist', LAUNCH, '--json'], { env });
    expect(shown.exit).toBe(0);
    const { items } = JSON.parse(shown.stdout).data;
    expect(items.map(({ state }: { readonly state: string }) => state)).toEqual(['passed', 'signed', 'signed']);
  });
});
