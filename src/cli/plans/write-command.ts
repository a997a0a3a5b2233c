import { Flags } from '@oclif/core';
import { api } from '../../contract/operations/index.ts';
import type { Plan } from '../../contract/shapes.ts';
import type { Answer } from '../answer.ts';
import { wantsJson } from '../argv.ts';
import { BaseCommand } from '../base-command.ts';
import { leavesOutcomeOpen, withOutcome } from '../failures/outcome.ts';
import { askAtTerminal } from '../prompts/ask.ts';
import { writeFlags } from '../prompts/consent.ts';
import { LOCAL } from '../settings/contexts.ts';
import { type AffectedBy, affectedIn, needsMarkets } from './affected.ts';
import { carryOut, type PlannedWrite } from './carry-out.ts';
import type { WriteFlags } from './plan-consent.ts';

/** The flags of every command that plans and writes. */
export const plannedWriteFlags = {
  ...writeFlags,
  full: Flags.boolean({ summary: 'Show every operation of the plan, however many.', helpGroup: 'WRITE' }),
};

export interface PlannedWriteFlags extends WriteFlags {
  readonly full?: boolean;
  readonly [flag: string]: unknown;
}

/** What commands that write have in common: plan, show, consent, apply. */
export abstract class WriteCommand extends BaseCommand {
  /** Whether a write has begun: from there on, whoever carries it out says what became of it. */
  #begun = false;

  /** Carries out a write of the context's platform; see {@link carryOut}. */
  protected async carryOut(write: PlannedWrite, flags: PlannedWriteFlags): Promise<Answer> {
    if (!wantsJson(this.argv)) await this.tellWarnings();
    const apply: PlannedWrite['apply'] = (plan, consent) => {
      this.#begun = true;
      return write.apply(plan, consent);
    };
    return carryOut({ ...write, apply }, flags, {
      surroundings: this.surroundings,
      where: await this.where(flags),
      ask: this.mayPrompt ? askAtTerminal(this.surroundings) : null,
      progress: this.progress,
      heard: !this.quiet && !wantsJson(this.argv),
      say: (message) => this.say(message),
      tellWarnings: () => this.tellWarnings(),
      affected: (plan) => this.affected(plan, flags),
      full: flags.full ?? false,
    });
  }

  protected override catch(error: Error): Promise<never> {
    const isOpen = !this.#begun && leavesOutcomeOpen(error);
    return super.catch(isOpen ? withOutcome(error, 'Nothing was written.') : error);
  }

  /** How the context's platform is called in messages. */
  protected async where(flags: Readonly<Record<string, unknown>>): Promise<string> {
    const { values } = await this.settings(flags);
    return values.context.value ?? LOCAL;
  }

  /** The markets in whose time a plan is shown; the platform is asked only where the plan does not hold them. */
  protected async affected(plan: Plan, flags: Readonly<Record<string, unknown>>): Promise<AffectedBy> {
    if (!needsMarkets(plan)) return affectedIn(plan, null);
    const client = await this.client(flags);
    const { value } = await client.call(api.document.export);
    return affectedIn(plan, value);
  }
}
