import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as z from 'zod';
import { type Plan, PlanShape } from '../../contract/shapes.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { readText } from '../document/read-text.ts';
import type { Surroundings } from '../surroundings.ts';

const FORMAT = 'storectl-plan/1';

/** A plan outside of its platform, as it was stored there, with the context that it was made in. */
export interface PlanFile {
  readonly context: string;
  readonly plan: Plan;
}

const PlanFileShape = z.object({ format: z.literal(FORMAT), context: z.string(), plan: PlanShape });

/** A plan of a hundred thousand rules names them by content; what is larger is none. */
const LARGEST = 256 * 1024 * 1024;

export function planFileText({ context, plan }: PlanFile): string {
  return `${JSON.stringify({ format: FORMAT, context, plan }, null, 2)}\n`;
}

/** Whether an argument means a file: it is there, it is standard input, or it looks like a path. */
export async function meansFile({ cwd }: Surroundings, argument: string): Promise<boolean> {
  if (argument === '-' || /[\\/]|\.json$/.test(argument)) return true;
  return access(resolve(cwd, argument)).then(
    () => true,
    () => false,
  );
}

/**
 * Reads a plan file, and holds it against its own digest: what is shown from it is what would be applied.
 *
 * @throws Failure `invalid-plan-file` or `plan-altered`, exit 2
 */
export async function readPlanFile(surroundings: Surroundings, file: string): Promise<PlanFile> {
  const { text, file: shown } = await readText(surroundings, file, {
    what: 'plan file',
    limit: LARGEST,
    whenMissing: 'Write one with `storectl plan --out FILE`.',
  });
  const parsed = PlanFileShape.safeParse(parsedJson(text));
  if (!parsed.success) {
    throw new Failure({
      code: 'invalid-plan-file',
      exit: EXIT.usage,
      message: `${shown} is no plan file of this version.`,
      remedy: 'Write one with `storectl plan --out FILE`. A document is applied with `storectl apply -f FILE`.',
    });
  }
  const { context, plan } = parsed.data;
  if (digestOf(plan) !== plan.digest) {
    throw new Failure({
      code: 'plan-altered',
      exit: EXIT.usage,
      message: `${shown} was altered after it was written: its digest does not fit. Nothing was written.`,
      remedy: 'Plan again, and apply the new plan.',
      details: { plan: plan.id },
    });
  }
  return { context, plan };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** SHA-256 over everything in a plan but its digest and `appliedAs`, as canonical JSON. */
function digestOf({ digest: _, appliedAs: __, ...rest }: Plan): string {
  return createHash('sha256').update(canonicalJson(rest), 'utf8').digest('hex');
}
