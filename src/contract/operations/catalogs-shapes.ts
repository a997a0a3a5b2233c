import * as z from 'zod';
import { CATALOG_MODES } from '../../domain/catalogs/policy.ts';
import { Id } from '../../domain/document/schema-atoms.ts';
import { SECTIONS } from '../../domain/document/sections.ts';
import { Consent } from '../shapes.ts';
import { WriteResult } from './resources-shapes.ts';

export const AuditQuery = z.strictObject({
  market: z.string().max(2_000).optional().describe('Only these markets, separated by commas'),
});

export const PolicyFindingShape = z.object({
  subject: z.enum(['listing', 'launch-item']),
  target: z.templateLiteral([z.enum(SECTIONS), '/', z.string()]),
  market: z.string(),
  sku: z.string(),
  mode: z.enum(CATALOG_MODES).nullable().describe('Null where the market has no catalog'),
  offence: z
    .object({
      reason: z.string(),
      path: z.array(z.string()).describe('SKUs from the one that is sold down to the component that offends'),
      category: z.string().nullable(),
    })
    .nullable(),
  message: z.string(),
});

/** A line of an audit: something that offends, or at the end how much was looked at. */
export const AuditLine = z.union([
  z.object({ kind: z.literal('finding'), finding: PolicyFindingShape }),
  z.object({
    kind: z.literal('audited'),
    catalogs: z.number().int(),
    listings: z.number().int(),
    launchItems: z.number().int(),
    findings: z.number().int(),
  }),
]);

export const SetModeBody = z.strictObject({ mode: z.enum(CATALOG_MODES), consent: Consent.prefault({}) });

export const SetModeAnswer = WriteResult.extend({
  delisted: z.object({
    count: z.number().int(),
    first: z.array(z.object({ sku: Id, path: z.array(z.string()), message: z.string() })),
  }),
});
