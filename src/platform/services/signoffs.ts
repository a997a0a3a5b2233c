import type { HandlerOutput } from '../../contract/operation.ts';
import type { api } from '../../contract/operations/index.ts';
import type { Consented } from '../../contract/shapes.ts';
import { type LaunchChecklist, requireHoldable } from '../../domain/checklists/launch-checklist.ts';
import { type Doing, giveGo, revokeItem, signItem, takeGo, waiveItem } from '../../domain/checklists/signoff-edits.ts';
import type { SignoffSpec } from '../../domain/document/launch-schema.ts';
import type { Resource } from '../../domain/document/resources.ts';
import type { Call, Handler } from '../handler.ts';
import { checklistAt, launchIn, timeFor } from './launch-checklists.ts';
import { writeDerivedEntry } from './write-entry.ts';

type Operations = (typeof api)['launchChecklists'];

/** What is to be signed, on top of what is there. */
interface Standing {
  readonly checklist: LaunchChecklist;
  readonly signoff: SignoffSpec;
  readonly doing: Doing;
  /** Epoch milliseconds of a written time. */
  timeOf(text: string): number;
}

export const signItemOfLaunch: Handler<Operations['sign']> = (call, { params: { id, item }, body }) =>
  writeSignoff(call, id, body.consent, ({ checklist, signoff, doing, timeOf }) => {
    const { note, link, until } = body;
    const signing = { note, link, until: until === undefined ? null : timeOf(until) };
    return signItem(checklist, signoff, item, signing, doing);
  });

export const waiveItemOfLaunch: Handler<Operations['waive']> = (call, { params: { id, item }, body }) =>
  writeSignoff(call, id, body.consent, ({ checklist, signoff, doing, timeOf }) => {
    const { reason, owner, until } = body;
    return waiveItem(checklist, signoff, item, { reason, owner, until: timeOf(until) }, doing);
  });

export const revokeItemOfLaunch: Handler<Operations['revoke']> = (call, { params: { id, item }, body }) =>
  writeSignoff(call, id, body.consent, ({ checklist, signoff }) => revokeItem(checklist, signoff, item));

export const letLaunchGo: Handler<Operations['go']> = (call, { params: { id }, body }) =>
  writeSignoff(call, id, body.consent, ({ checklist, signoff, doing }) => giveGo(checklist, signoff, doing));

export const holdLaunch: Handler<Operations['hold']> = (call, { params: { id }, body }) =>
  writeSignoff(call, id, body.consent, ({ signoff }) => takeGo(signoff), requireHoldable);

/**
 * Writes signatures as a change set of their own. They are made from the state that they are written on: where somebody
 * else signs meanwhile, they are made again on top of that, and neither is lost.
 */
async function writeSignoff(
  call: Call,
  id: string,
  consent: Consented,
  edit: (standing: Standing) => SignoffSpec,
  requireEditable: (launch: Resource<'launches'>) => void = () => {},
): Promise<{ readonly value: HandlerOutput<Operations['sign']> }> {
  const { platform, caller } = call;
  let after: LaunchChecklist | null = null;
  const { value } = await writeDerivedEntry(call, consent, async ({ documents }) => {
    const at = platform.now();
    const launch = launchIn(documents, id);
    requireEditable(launch);
    const present = documents.signoffs.get(id)?.spec;
    const signoff = present ?? {};
    const checklistWith = checklistAt(platform, documents, launch, at);
    const checklist = await checklistWith(signoff);
    const spec = edit({
      checklist,
      signoff,
      doing: { by: caller.actor, at },
      timeOf: (text) => timeFor(platform, documents, launch, text),
    });
    after = await checklistWith(spec);
    // Nothing that is taken from nothing makes an entry.
    const empty = present === undefined && Object.keys(spec).length === 0;
    return { desired: { kind: 'entry', section: 'signoffs', id, spec: empty ? null : spec }, brought: null };
  });
  if (after === null) throw new Error('what was written was derived first');
  return { value: { ...value, checklist: after } };
}
