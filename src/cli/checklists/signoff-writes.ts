import type { Client } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import type { Change, Plan } from '../../contract/shapes.ts';
import type { LaunchChecklist } from '../../domain/checklists/launch-checklist.ts';
import { pathOf } from '../../domain/document/pointer.ts';
import type { Problem } from '../../domain/failure.ts';
import { callWrite, type SentConsent } from '../plans/call-write.ts';
import type { PlannedWrite } from '../plans/carry-out.ts';
import { namingTimeFlag } from './time-flag.ts';

/** What a person signs an item with: a note, a link, or both. */
export interface SignFlags {
  readonly note?: string | undefined;
  readonly link?: string | undefined;
  readonly until?: string | undefined;
}

export interface WaiveFlags {
  readonly because: string;
  readonly owner: string;
  readonly until: string;
}

/** A write of signatures, and how the checklist stands with it once it was planned. */
export interface SignoffWrite {
  readonly write: PlannedWrite;
  checklist(): LaunchChecklist | null;
}

interface Signed {
  readonly plan: Plan;
  readonly change: Change | null;
  readonly checklist: LaunchChecklist;
}

export function signWrite(client: Client, launch: string, item: string, flags: SignFlags): SignoffWrite {
  return signoffWrite(launch, async (consent, dryRun) => {
    const { note, link, until } = flags;
    const body = { ...said({ note, link, until }), consent };
    return (await client.call(api.launchChecklists.sign, { params: { id: launch, item }, query: { dryRun }, body }))
      .value;
  });
}

export function waiveWrite(client: Client, launch: string, item: string, flags: WaiveFlags): SignoffWrite {
  return signoffWrite(launch, async (consent, dryRun) => {
    const { because, owner, until } = flags;
    const body = { reason: because, owner, until, consent };
    return (await client.call(api.launchChecklists.waive, { params: { id: launch, item }, query: { dryRun }, body }))
      .value;
  });
}

export function revokeWrite(client: Client, launch: string, item: string): SignoffWrite {
  return signoffWrite(launch, async (consent, dryRun) => {
    const request = { params: { id: launch, item }, query: { dryRun }, body: { consent } };
    return (await client.call(api.launchChecklists.revoke, request)).value;
  });
}

export function goWrite(client: Client, launch: string): SignoffWrite {
  return signoffWrite(launch, async (consent, dryRun) => {
    const request = { params: { id: launch }, query: { dryRun }, body: { consent } };
    return (await client.call(api.launchChecklists.go, request)).value;
  });
}

export function holdWrite(client: Client, launch: string): SignoffWrite {
  return signoffWrite(launch, async (consent, dryRun) => {
    const request = { params: { id: launch }, query: { dryRun }, body: { consent } };
    return (await client.call(api.launchChecklists.hold, request)).value;
  });
}

function signoffWrite(launch: string, send: (consent: SentConsent, dryRun: boolean) => Promise<Signed>): SignoffWrite {
  let last: LaunchChecklist | null = null;
  const write = callWrite({
    confirm: [launch],
    send: async (consent, dryRun) => {
      const signed = await namingTimeFlag('--until', () => send(consent, dryRun));
      last = signed.checklist;
      return signed;
    },
    placed: atFlag,
    pointerOf: (pointer) => pointer,
  });
  return { write, checklist: () => last };
}

const FLAGS: Readonly<Record<string, string>> = {
  note: '--note',
  link: '--link',
  until: '--until',
  reason: '--because',
  owner: '--owner',
};

function atFlag(problem: Problem): Problem {
  const [key = ''] = pathOf(problem.place?.pointer ?? '');
  const flag = FLAGS[key];
  return flag === undefined ? problem : { ...problem, place: { file: flag } };
}

function said<T extends Readonly<Record<string, string | undefined>>>(members: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
}
