import type { Client } from '../../client/index.ts';
import type { Section } from '../../domain/document/sections.ts';
import type { Wizard } from '../prompts/wizard.ts';
import type { NewEntry } from './entry-command.ts';
import { EXCEPTION_FIELDS } from './exception-fields.ts';
import { FREEZE_WINDOW_FIELDS } from './freeze-window-fields.ts';
import { MARKET_FIELDS, NEW_MARKET } from './market-fields.ts';
import { listResources, readPlaces } from './places.ts';
import { SHUTDOWN_FIELDS } from './shutdown-fields.ts';
import { SITE_FIELDS } from './site-fields.ts';

/** How a new entry of each section comes about. Wizards are loaded where one is needed. */

export const newMarket: NewEntry = {
  section: 'markets',
  fields: MARKET_FIELDS,
  initial: NEW_MARKET,
  wizard: (client) => plainWizard(client, 'markets'),
};

export const newFreezeWindow: NewEntry = {
  section: 'freezeWindows',
  fields: FREEZE_WINDOW_FIELDS,
  wizard: (client) => plainWizard(client, 'freezeWindows'),
};

export const newSite: NewEntry = {
  section: 'sites',
  fields: SITE_FIELDS,
  wizard: (client) => plainWizard(client, 'sites'),
};

/** @param now epoch milliseconds, from which dates are suggested */
export function newShutdown(now: number): NewEntry {
  return {
    section: 'shutdowns',
    fields: SHUTDOWN_FIELDS,
    async wizard(client) {
      const { shutdownWizard } = await import('../wizards/shutdown-wizard.ts');
      const [places, shutdowns] = await Promise.all([readPlaces(client), listResources(client, 'shutdowns')]);
      return shutdownWizard({ places, shutdowns, now });
    },
  };
}

/** @param now epoch milliseconds, from which dates are suggested */
export function newException(now: number): NewEntry {
  return {
    section: 'exceptions',
    fields: EXCEPTION_FIELDS,
    async wizard(client) {
      const { exceptionWizard } = await import('../wizards/exception-wizard.ts');
      const [places, exceptions] = await Promise.all([readPlaces(client), listResources(client, 'exceptions')]);
      return exceptionWizard({ places, exceptions, now });
    },
  };
}

async function plainWizard(
  client: Client,
  section: Extract<Section, 'markets' | 'sites' | 'freezeWindows'>,
): Promise<Wizard> {
  const { PLAIN_WIZARDS } = await import('../wizards/plain-wizards.ts');
  const [places, present] = await Promise.all([readPlaces(client), listResources(client, section)]);
  return PLAIN_WIZARDS[section]({ places, taken: new Set(present.map(({ id }) => id)) });
}
