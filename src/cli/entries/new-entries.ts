import type { EntrySection } from '../../domain/document/sections.ts';
import type { Wizard } from '../prompts/wizard.ts';
import { ASSERTION_FIELDS, editAssertion, missingOfAssertion } from './assertion-fields.ts';
import type { NewEntry, WizardSetting } from './entry-command.ts';
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
  wizard: (setting) => plainWizard(setting, 'markets'),
};

export const newFreezeWindow: NewEntry = {
  section: 'freezeWindows',
  fields: FREEZE_WINDOW_FIELDS,
  wizard: (setting) => plainWizard(setting, 'freezeWindows'),
};

export const newSite: NewEntry = {
  section: 'sites',
  fields: SITE_FIELDS,
  wizard: (setting) => plainWizard(setting, 'sites'),
};

export const newShutdown: NewEntry = {
  section: 'shutdowns',
  fields: SHUTDOWN_FIELDS,
  async wizard({ client, now, width }) {
    const { shutdownWizard } = await import('../wizards/shutdown-wizard.ts');
    const [places, shutdowns] = await Promise.all([readPlaces(client), listResources(client, 'shutdowns')]);
    return shutdownWizard({ places, shutdowns, now, width });
  },
};

export const newException: NewEntry = {
  section: 'exceptions',
  fields: EXCEPTION_FIELDS,
  async wizard({ client, now, width }) {
    const { exceptionWizard } = await import('../wizards/exception-wizard.ts');
    const [places, exceptions] = await Promise.all([readPlaces(client), listResources(client, 'exceptions')]);
    return exceptionWizard({ places, exceptions, now, width });
  },
};

export const newAssertion: NewEntry = {
  section: 'assertions',
  fields: ASSERTION_FIELDS,
  edit: editAssertion,
  missing: missingOfAssertion,
  async wizard({ client }) {
    const { assertionWizard } = await import('../wizards/assertion-wizard.ts');
    return assertionWizard(new Set((await listResources(client, 'assertions')).map(({ id }) => id)));
  },
};

async function plainWizard(
  { client, width }: WizardSetting,
  section: Extract<EntrySection, 'markets' | 'sites' | 'freezeWindows'>,
): Promise<Wizard> {
  const { PLAIN_WIZARDS } = await import('../wizards/plain-wizards.ts');
  const [places, present] = await Promise.all([readPlaces(client), listResources(client, section)]);
  return PLAIN_WIZARDS[section]({ places, taken: new Set(present.map(({ id }) => id)), width });
}
