import type { World } from '../support/in-process.ts';
import { type Installation, installation } from '../support/platform.ts';

const QUIET = ['--yes', '--quiet'];

/** A program whose platform has two markets, two legacy sites and a unified one. */
export async function smallWorld(shared: World = {}): Promise<Installation> {
  const program = installation(shared);
  const commands = [
    [
      'markets',
      'add',
      'gb',
      '--name',
      'United Kingdom',
      '--currency',
      'GBP',
      '--locale',
      'en-GB',
      '--time-zone',
      'Europe/London',
    ],
    [
      'markets',
      'add',
      'fr',
      '--name',
      'France',
      '--currency',
      'EUR',
      '--locale',
      'fr-FR',
      '--time-zone',
      'Europe/Paris',
    ],
    site('mi-gb', 'unified', 'https://www.mi.com/uk/', 'gb'),
    site('poco-gb', 'legacy', 'https://po.co/uk/', 'gb'),
    site('poco-fr', 'legacy', 'https://po.co/fr/', 'fr'),
  ];
  for (const argv of commands) {
    const { exit, stderr } = await program.run([...argv, ...QUIET]);
    if (exit !== 0) throw new Error(stderr);
  }
  return program;
}

function site(id: string, role: string, url: string, market: string): string[] {
  return ['sites', 'add', id, '--brand', 'poco', '--market', market, '--role', role, '--url', url];
}

export const SCHEDULE = [
  ...['shutdowns', 'schedule', 'poco-2025', '--title', 'POCO closes'],
  ...['--site', 'poco-gb', '--site', 'poco-fr', '--into', 'mi-gb'],
  ...['--freeze', 'start of 2025-10-21', '--dark', 'end of 2025-12-31', '--redirects-until', 'end of 2027-12-31'],
];

export const GRANT = [
  ...['exceptions', 'grant', 'poco-fr-stays', '--site', 'poco-fr', '--exempt-from', 'shutdown,redirect'],
  ...['--because', 'France keeps its site', '--owner', 'fr-ops@example.com', '--review-by', 'end of 2025-06-30'],
];
