import * as z from 'zod';
import { SUBMITTED_SPEC } from '../../domain/document/schema.ts';
import type { Section } from '../../domain/document/sections.ts';
import { ChangeShape, Consent, PlanShape, pageOf, resourceOf } from '../shapes.ts';

export { resourceOf } from '../shapes.ts';

export const resourcePage = <S extends Section>(section: S) => pageOf(resourceOf(section));

export const putBody = <S extends Section>(section: S) =>
  z.strictObject({ spec: SUBMITTED_SPEC[section] as (typeof SUBMITTED_SPEC)[S], consent: Consent.prefault({}) });

export const RemoveBody = z.strictObject({ consent: Consent.prefault({}) });

/** What a write of one entry answers: the plan it made, and the change set unless it was a dry run. */
export const WriteResult = z.object({ plan: PlanShape, change: ChangeShape.nullable() });
