import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPENING, PRODUCTS } from '../../domain/opening.ts';
import { type Installation, installation } from '../support/platform.ts';

export const LAUNCH = 'mi-store-opening';
/** A week before the opening. */
export const NOW = Date.parse('2015-05-12T09:00:00Z');

/** A program whose platform is about to open in four markets. JSON is YAML. */
export async function openingProgram(sections: object = {}): Promise<Installation> {
  const program = installation({ now: NOW });
  const document = { version: 1, ...OPENING, products: PRODUCTS, ...sections };
  writeFileSync(join(program.folder, 'storectl.yaml'), JSON.stringify(document));
  const { exit, stderr } = await program.run(['apply', '-f', 'storectl.yaml', '--yes']);
  if (exit !== 0) throw new Error(stderr);
  return program;
}
