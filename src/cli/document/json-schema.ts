import * as z from 'zod';
import { DocumentSchema } from '../../domain/document/schema.ts';

/** JSON Schema 2020-12 of the document, for editors: made from the schemas that check it, so it cannot say otherwise. */
export function documentJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(DocumentSchema, { target: 'draft-2020-12', io: 'input' });
  return {
    $schema,
    title: 'storectl document',
    description:
      'The desired state, or a part of it: what closes, when, into what, and what is exempt. A section that is absent is never touched.',
    ...schema,
  };
}

/** As it is committed and printed: stable, indented, with a last line end. */
export function documentJsonSchemaText(): string {
  return `${JSON.stringify(documentJsonSchema(), null, 2)}\n`;
}
