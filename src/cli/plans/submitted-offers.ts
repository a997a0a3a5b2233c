import { type Client, uploadContent } from '../../client/index.ts';
import type { ContentReference, ListingLine, ProductLine } from '../../domain/document/catalog-schema.ts';
import { type SkuContentKind, skuLineText } from '../../domain/document/content-lines.ts';
import type { StoredDocument, SubmittedDocument } from '../../domain/document/schema.ts';
import { ALL_PRODUCTS } from '../../domain/document/sections.ts';
import type { LoadedDocument } from '../document/load-document.ts';
import { grouped } from '../output/counted.ts';
import type { Progress } from '../progress.ts';

/**
 * Products and listings of a document as its request has them: themselves where they are few, else by the content of an
 * upload. What they are few of counts over all of them, so that the request stays within a platform's limits.
 */
export async function submittedOffers(
  client: Client,
  { document, offer }: LoadedDocument & { readonly document: StoredDocument },
  inline: number,
  progress: Progress,
): Promise<Pick<SubmittedDocument, 'products' | 'catalogs'>> {
  let left = inline;
  const carry = async <L extends ProductLine | ListingLine>(
    kind: SkuContentKind,
    lines: readonly L[],
    what: string,
  ): Promise<L[] | ContentReference> => {
    if (lines.length <= left) {
      left -= lines.length;
      return [...lines];
    }
    const onProgress = (received: number, total: number): void =>
      progress.update(`Uploading ${what}: ${grouped(received)} of ${grouped(total)}`);
    return uploadContent(client, kind, lines.map(skuLineText), { onProgress });
  };
  const { products, catalogs } = document;
  const all = products?.[ALL_PRODUCTS];
  const items = all === undefined ? undefined : await carry('products', offer.products?.lines ?? [], 'products');
  return {
    ...(products === undefined
      ? {}
      : { products: all === undefined || items === undefined ? {} : { [ALL_PRODUCTS]: { ...all, items } } }),
    ...(catalogs === undefined ? {} : { catalogs: await catalogsOf(catalogs, offer, carry) }),
  };
}

async function catalogsOf(
  catalogs: NonNullable<StoredDocument['catalogs']>,
  { listings }: LoadedDocument['offer'],
  carry: (
    kind: SkuContentKind,
    lines: readonly ListingLine[],
    what: string,
  ) => Promise<ListingLine[] | ContentReference>,
): Promise<NonNullable<SubmittedDocument['catalogs']>> {
  const sent: NonNullable<SubmittedDocument['catalogs']> = {};
  for (const [id, spec] of Object.entries(catalogs)) {
    const lines = listings.get(id)?.lines ?? [];
    const { listings: reference, ...rest } = spec;
    sent[id] =
      reference === undefined ? rest : { ...rest, listings: await carry('listings', lines, `listings of ${id}`) };
  }
  return sent;
}
