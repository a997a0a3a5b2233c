import type * as z from 'zod';
import { listingFault } from '../../domain/catalogs/formats/listings.ts';
import { ListingLine, ProductLine } from '../../domain/document/catalog-schema.ts';
import { skuLineText, skuOfLine } from '../../domain/document/content-lines.ts';
import { isPlainRuleLine, ruleLine } from '../../domain/document/rule-lines.ts';
import { RuleSpec } from '../../domain/document/schema.ts';
import type { UploadKind } from '../store/rows.ts';
import { errorsOf } from '../validate-request.ts';

export interface LineProblem {
  /** Counts from 1 over the whole upload. */
  readonly line: number;
  readonly text: string;
  readonly message: string;
}

export type UploadedLine =
  /** The canonical line, and its SKU where it has one. */
  | { readonly kind: 'line'; readonly line: string; readonly sku: string | null }
  | { readonly kind: 'blank' }
  | { readonly kind: 'problem'; readonly problem: LineProblem };

const LONGEST_QUOTE = 300;

/**
 * A line of an upload as what it is an upload of, as nothing, or as what is wrong with it.
 *
 * @param before the SKU of the line before it
 */
export function readUploadedLine(kind: UploadKind, text: string, number: number, before: string | null): UploadedLine {
  if (kind === 'rules' && isPlainRuleLine(text)) return { kind: 'line', line: text, sku: null };
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'blank' };
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch (error) {
    return problem(number, trimmed, `is no JSON: ${(error as Error).message}`);
  }
  const read = lineOf(kind, value);
  if ('fault' in read) return problem(number, trimmed, read.fault);
  const disorder = read.sku === null || before === null ? null : disorderOf(read.sku, before);
  return disorder === null ? { kind: 'line', ...read } : problem(number, trimmed, disorder);
}

type Read = { readonly line: string; readonly sku: string | null } | { readonly fault: string };

function lineOf(kind: UploadKind, value: unknown): Read {
  switch (kind) {
    case 'rules':
      return shaped(RuleSpec, value, (rule) => ({ line: ruleLine(rule), sku: null }));
    case 'products':
      return shaped(ProductLine, value, (product) => ({ line: skuLineText(product), sku: product.sku }));
    case 'listings':
      return shaped(ListingLine, value, (listing) => {
        const fault = listingFault(listing);
        return fault === null ? { line: skuLineText(listing), sku: listing.sku } : { fault };
      });
  }
}

function shaped<T>(schema: z.ZodType<T>, value: unknown, read: (parsed: T) => Read): Read {
  const result = schema.safeParse(value);
  if (result.success) return read(result.data);
  const faults = errorsOf(result.error.issues).map(({ pointer, detail }) =>
    pointer ? `${pointer}: ${detail}` : detail,
  );
  return { fault: faults.join('; ') };
}

/** Contents are in the order of their SKUs, so that one is found without reading them all. */
function disorderOf(sku: string, before: string): string | null {
  if (sku > before) return null;
  return sku === before ? `\`${sku}\` is there twice` : `\`${sku}\` comes after \`${before}\`: lines go by SKU`;
}

/** The SKU of the last of these lines, each ended by a line feed. */
export function skuIn(lines: string): string {
  return skuOfLine(lines.slice(lines.lastIndexOf('\n', lines.length - 2) + 1, -1));
}

function problem(line: number, text: string, message: string): UploadedLine {
  return { kind: 'problem', problem: { line, text: text.slice(0, LONGEST_QUOTE), message } };
}
