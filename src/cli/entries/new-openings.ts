import { NEW_CATALOG_FIELDS } from '../catalogs/catalog-fields.ts';
import { CERTIFICATION_FIELDS } from '../catalogs/certification-fields.ts';
import { SERVICE_FIELDS } from '../catalogs/service-fields.ts';
import type { NewEntry } from './entry-command.ts';
import { listResources, readPlaces } from './places.ts';

/** How new entries come about that say what markets sell, and under which conditions. */

export const newCatalog: NewEntry = {
  section: 'catalogs',
  fields: NEW_CATALOG_FIELDS,
  async wizard({ client }) {
    const { catalogWizard } = await import('../wizards/opening-wizards.ts');
    const [places, catalogs] = await Promise.all([readPlaces(client), listResources(client, 'catalogs')]);
    return catalogWizard(places, catalogs);
  },
};

export const newCertification: NewEntry = {
  section: 'certifications',
  fields: CERTIFICATION_FIELDS,
  async wizard({ client, width }) {
    const { certificationWizard } = await import('../wizards/opening-wizards.ts');
    const [places, present] = await Promise.all([readPlaces(client), listResources(client, 'certifications')]);
    return certificationWizard(places, new Set(present.map(({ id }) => id)), width);
  },
};

export const newService: NewEntry = {
  section: 'serviceLevels',
  fields: SERVICE_FIELDS,
  async wizard({ client }) {
    const { serviceWizard } = await import('../wizards/opening-wizards.ts');
    const [places, levels] = await Promise.all([readPlaces(client), listResources(client, 'serviceLevels')]);
    return serviceWizard(places, levels);
  },
};
