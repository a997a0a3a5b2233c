import type { Change, Consented, Plan } from '../../contract/shapes.ts';
import { escapeControls } from '../../domain/escape.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { type Answer, answer } from '../answer.ts';
import { withWayToFindOut } from '../failures/outcome.ts';
import { hang } from '../output/hang.ts';
import { viewOf } from '../output/view.ts';
import { write as writeTo } from '../output/write.ts';
import type { Progress } from '../progress.ts';
import type { Ask } from '../prompts/ask.ts';
import type { Surroundings } from '../surroundings.ts';
import type { AffectedBy } from './affected.ts';
import { blockedBy, consentTo, leavesOpen, type WriteFlags } from './plan-consent.ts';
import { changeValue, planValue } from './plan-value.ts';
import { renderChange } from './render-change.ts';
import { type PlanRendering, plainSummary, renderPlan } from './render-plan.ts';

/** A write, whatever it is of: first planned, then carried out as it was planned. */
export interface PlannedWrite {
  /** Whether the plan was made, and shown, by an earlier command: it is shown again only to who is asked about it. */
  readonly madeBefore?: boolean;
  /** Whether something is kept even of a dry run, which the command then says. */
  readonly keepsDraft?: boolean;
  /** What the write would do. Nothing lasts of it but the plan itself. */
  plan(): Promise<Plan>;
  /** Carries it out with what was agreed to; null where there was nothing to do. */
  apply(plan: Plan, consent: Consented): Promise<Change | null>;
}

/** What carrying out takes from the command that does it. */
export interface Scene {
  readonly surroundings: Surroundings;
  /** How the platform is called: the context. */
  readonly where: string;
  /** Null where nobody can be asked. */
  readonly ask: Ask | null;
  readonly progress: Progress;
  /** Whether what is said is heard: not with --quiet or --json. */
  readonly heard: boolean;
  /** Says something on standard error, unless --quiet or --json. */
  say(message: string): Promise<void>;
  /** Says on standard error, even with --json, what was worth knowing so far. */
  tellWarnings(): Promise<void>;
  /** The markets that operations affect; may have to ask the platform. */
  affected(plan: Plan): Promise<AffectedBy>;
  readonly full: boolean;
}

/**
 * Plans a write, shows the plan, obtains consent, applies, and answers with what was done. A dry run ends after the
 * plan; a plan without operations needs no consent and writes nothing.
 *
 * @throws Failure `guard-blocked` (7), `consent-needed` or `declined` (2), and whatever planning and applying fail with
 */
export async function carryOut(write: PlannedWrite, flags: WriteFlags, scene: Scene): Promise<Answer> {
  const { progress, where } = scene;
  progress.update('Planning');
  let plan: Plan;
  let affected: AffectedBy;
  try {
    plan = await write.plan();
    affected = await scene.affected(plan);
  } finally {
    // What is said of a failure starts on a clean line.
    progress.stop();
  }

  const overridden = { guards: flags.override ?? [], reason: flags.reason };
  const rendering = { affected, where, full: scene.full, apply: null, overridden };
  const nothing = plan.operations.length === 0;
  if (nothing || (flags['dry-run'] && blockedBy(plan, flags).length === 0)) {
    const note = nothing || write.keepsDraft === true ? null : 'Nothing was written: this was a dry run.';
    return answer({ plan: planValue(plan), change: null }, (view) =>
      [renderPlan(plan, rendering, view), ...(note === null ? [] : ['', ...hang('', note, view.width)])].join('\n'),
    );
  }
  const shown = await show(plan, rendering, write, flags, scene);
  const consent = await consentTo(plan, flags, { where, ask: scene.ask, shown });
  const change = await applied(plan, consent, write, scene);
  return answer({ plan: planValue(plan), change: change === null ? null : changeValue(change) }, (own) =>
    // Whoever wants no messages is told by the exit.
    scene.heard ? (change === null ? 'Nothing to change.' : renderChange(change, own)) : '',
  );
}

/**
 * Shows the plan, and returns whether anybody saw it in full. Nobody is asked about what they cannot see: a question
 * shows the plan even with --json and --quiet.
 */
async function show(
  plan: Plan,
  rendering: PlanRendering,
  write: PlannedWrite,
  flags: WriteFlags,
  { surroundings, ask, heard, say, tellWarnings }: Scene,
): Promise<boolean> {
  const asks = ask !== null && leavesOpen(plan, flags) && blockedBy(plan, flags).length === 0;
  if (write.madeBefore === true && !asks) {
    await say(`Plan ${escapeControls(plan.id)}: ${plainSummary(plan)}`);
    return false;
  }
  const text = `${renderPlan(plan, rendering, await viewOf('stderr', surroundings))}\n`;
  if (asks) {
    await tellWarnings();
    await writeTo(surroundings.stderr, `${text}\n`);
  } else await say(text);
  return asks || heard;
}

/** How to find out, where the answer of an apply did not arrive. */
const FIND_OUT = 'storectl changes list';

/**
 * Applying is brought to its end whatever happens meanwhile: Ctrl-C takes effect after it, and the person is told what
 * became of it.
 */
async function applied(plan: Plan, consent: Consented, write: PlannedWrite, scene: Scene): Promise<Change | null> {
  const { interruption } = scene.surroundings;
  interruption.findOutWith(FIND_OUT);
  scene.progress.update(`Applying: ${plainSummary(plan)}`);
  return interruption.protect(async () => {
    try {
      const change = await write.apply(plan, consent);
      interruption.isDone(
        change === null ? 'There was nothing to write.' : `It was written, as change ${change.id}.`,
        FIND_OUT,
      );
      scene.progress.stop();
      if (interruption.signal.aborted && change !== null) {
        await scene.say(`It was applied before the interruption took effect, as change ${escapeControls(change.id)}.`);
      }
      return change;
    } catch (error) {
      scene.progress.stop();
      if (error instanceof Failure && error.exit !== EXIT.unavailable) interruption.isDone(error.message, FIND_OUT);
      if (interruption.signal.aborted && error instanceof Failure)
        await scene.say(escapeControls(error.message, { keepNewlines: true }));
      throw withWayToFindOut(error, FIND_OUT);
    }
  });
}
