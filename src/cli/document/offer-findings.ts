import { auditCatalogs, findingText } from '../../domain/catalogs/audit.ts';
import type { SkuContents } from '../../domain/catalogs/contents.ts';
import { checkOffers } from '../../domain/document/checks/offers.ts';
import { pointerOf } from '../../domain/document/pointer.ts';
import { type Documents, emptyDocuments } from '../../domain/document/resources.ts';
import type { Section } from '../../domain/document/sections.ts';
import type { Problem } from '../../domain/failure.ts';
import { withListingTimes } from '../../domain/plan/window-times.ts';
import type { TimeResolver } from '../../domain/time/time-resolver.ts';
import type { LoadedDocument } from './load-document.ts';
import { offerContents } from './offer-contents.ts';

export interface OfferFindings {
  readonly problems: readonly Problem[];
  readonly unchecked: readonly string[];
}

export interface OfferSetting {
  readonly managed: ReadonlySet<Section>;
  /** Reads times of markets that are elsewhere too. */
  readonly resolver: TimeResolver;
  /** Epoch milliseconds; what was over by then is no offence. */
  readonly now: number;
}

/** What products, listings and launches of a document say of each other, and of their markets' policies. */
export function offerFindings(loaded: LoadedDocument, checked: Documents, setting: OfferSetting): OfferFindings {
  const { managed, resolver } = setting;
  const contents = offerContents(loaded.offer);
  const documents = withListingTimes(checked, emptyDocuments(), contents, resolver);
  const sold = documents.products.size + documents.catalogs.size + documents.launches.size > 0;
  const known = taxonomyKnown(managed);
  const problems = checkOffers(documents, contents, { any: sold, catalogs: null, known });
  if (!sold) return { problems, unchecked: [] };
  const lacking = (['products', 'catalogs', 'markets'] as const).filter((section) => !managed.has(section));
  if (lacking.length > 0) {
    const why = `the document has no ${lacking.join(', ')}; a plan checks them on the platform`;
    return { problems, unchecked: [`what may be sold where: ${why}`] };
  }
  // What is no product, or in no category, was reported where it is written.
  if (problems.length > 0) return { problems, unchecked: ['what may be sold where, until the products are right'] };
  return { problems: [...outside(documents, contents, setting.now)], unchecked: [] };
}

/** Without a taxonomy in a document that states products, the shipped one holds; else the platform may have another. */
function taxonomyKnown(managed: ReadonlySet<Section>): ReadonlySet<Section> {
  return managed.has('products') ? new Set([...managed, 'taxonomies']) : managed;
}

/** Findings that are told one by one. */
const SHOWN = 1_000;

function* outside(documents: Documents, contents: SkuContents, now: number): Generator<Problem> {
  let count = 0;
  for (const finding of auditCatalogs(documents, contents, now)) {
    count += 1;
    if (count > SHOWN) return;
    const { subject, target, sku } = finding;
    const pointer = `/${target}${pointerOf([subject === 'listing' ? 'listings' : 'items', sku])}`;
    yield { code: 'catalog-policy', severity: 'error', message: findingText(finding), place: { pointer } };
  }
}
