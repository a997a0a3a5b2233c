import stringWidth from 'string-width';
import type { Plan } from '../../contract/shapes.ts';
import { NOUN } from '../../domain/document/sections.ts';
import { escapeControls } from '../../domain/escape.ts';
import { countVerbs, type PlanOperation, type Verb } from '../../domain/plan/plan.ts';
import { formatInstant } from '../../domain/time/format-time.ts';
import { counted, grouped } from '../output/counted.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import { shellLine } from '../prompts/shell-quote.ts';
import type { AffectedBy } from './affected.ts';
import { NOTHING_OVERRIDDEN, type Overridden, renderGuards } from './render-guards.ts';
import { fitsOnOneLine, type OperationView, renderInShort, renderOperation, signed } from './render-operation.ts';

export interface PlanRendering {
  readonly affected: AffectedBy;
  /** Where the plan is for: the context. */
  readonly where: string;
  /** Show every operation, however many they are. */
  readonly full: boolean;
  /** The words of the command that applies it; null where there is none to offer. */
  readonly apply: readonly string[] | null;
  /** Guards that the command line lets through. */
  readonly overridden?: Overridden;
}

/** Operations of one kind that are shown one by one; of more, a summary. */
const ONE_BY_ONE = 20;
/** An id that is longer puts its own line out of line, and not all the others. */
const WIDEST_ID = 24;
/** Ids that a summary names. */
const NAMED = 6;

/** A plan for people: what would be done, what guards say, what needs consent, and how to go on. */
export function renderPlan(plan: Plan, rendering: PlanRendering, view: View): string {
  const { palette } = view;
  if (plan.operations.length === 0) return renderNothing(plan, rendering, view);
  const blocks = [
    titleOf(plan, rendering, view),
    ...renderOperations(plan.operations as readonly PlanOperation[], rendering, view),
    warningsOf(plan, view),
    [palette.strong('Guards'), ...guardLines(plan, rendering, view)],
    confirmationsOf(plan, view),
    summaryOf(plan, view),
    footerOf(plan, rendering, view),
  ];
  return joined(blocks);
}

/** The id stays whole: it stands under what it names where there is no room beside it. */
function titleOf({ id }: Plan, { where }: PlanRendering, { palette, width }: View): readonly string[] {
  const [name, shown] = [`${palette.strong('Plan')} for ${escapeControls(where)}`, escapeControls(id)];
  const isWide = width !== null && stringWidth(name) + 2 + stringWidth(shown) > width;
  return isWide ? [...hang('', name, width, 2), `  ${palette.faint(shown)}`] : [`${name}  ${palette.faint(shown)}`];
}

/** Where the plan is offered to be applied, guards say their way out; else what refuses it does, once. */
function guardLines(
  plan: Plan,
  { apply, overridden = NOTHING_OVERRIDDEN }: PlanRendering,
  view: View,
): readonly string[] {
  return renderGuards(plan.guards, { overridden, wayOut: apply !== null }, view);
}

function renderNothing(plan: Plan, { where }: PlanRendering, view: View): string {
  const same =
    plan.unchanged === 0 ? '' : ` ${counted(plan.unchanged, 'entry').replace(/entrys$/, 'entries')} as they are.`;
  return [
    ...warningsOf(plan, view),
    ...hang(`${view.palette.good('✓')} `, `Nothing to change for ${escapeControls(where)}.${same}`, view.width),
  ].join('\n');
}

type Group = readonly [PlanOperation, ...PlanOperation[]];

/** Operations as blocks with an empty line between them; see {@link PlanRendering}. */
export function operationsText(
  operations: readonly PlanOperation[],
  rendering: Pick<PlanRendering, 'affected' | 'full'>,
  view: View,
): string {
  return joined(renderOperations(operations, rendering, view));
}

function joined(blocks: readonly (readonly string[])[]): string {
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}

/** Blocks of lines: operations one by one, with those that fit on a line kept together, or groups in short. */
function renderOperations(
  operations: readonly PlanOperation[],
  { affected, full }: Pick<PlanRendering, 'affected' | 'full'>,
  view: View,
): readonly (readonly string[])[] {
  const blocks: (readonly string[])[] = [];
  const own: OperationView = { ...view, full };
  let shortened = false;
  for (const group of groupsOf(operations)) {
    if (group.length > ONE_BY_ONE && !full) {
      blocks.push(renderGroup(group, view));
      shortened = true;
    } else if (isGone(group) || (group.every(fitsOnOneLine) && !full)) {
      const idWidth = widest(group);
      blocks.push(group.flatMap((operation) => renderInShort(operation, idWidth, own)));
    } else {
      for (const operation of group) blocks.push(renderOperation(operation, affected(operation), own));
    }
  }
  if (shortened) blocks.push([view.palette.faint('  --full shows every operation.')]);
  return blocks;
}

/** Nothing of what goes away changes: it has no fields to show, and what it was is said on its line. */
function isGone([{ verb }]: Group): boolean {
  return verb === 'delete';
}

/** Neighbours of the same kind and verb. */
function groupsOf(operations: readonly PlanOperation[]): readonly Group[] {
  const groups = Map.groupBy(operations, ({ verb, kind }) => `${verb} ${kind}`);
  return [...groups.values()].flatMap(([first, ...rest]): Group[] => (first === undefined ? [] : [[first, ...rest]]));
}

function renderGroup(group: Group, view: View): readonly string[] {
  const [{ verb, kind }] = group;
  const ids = group.slice(0, NAMED).map(({ id }) => id);
  const named = `${ids.join(', ')} and ${grouped(group.length - ids.length)} more`;
  const head = `  ${signed(verb, '', view)} ${view.palette.strong(counted(group.length, NOUN[kind]))}`;
  return [head, ...hang(' '.repeat(6), escapeControls(named), view.width), ...fieldsOfGroup(group, view)];
}

/** Which fields many updates touch, and in how many entries. */
function fieldsOfGroup(group: Group, view: View): readonly string[] {
  if (group[0].verb !== 'update') return [];
  const fields = Map.groupBy(
    group.flatMap(({ changes }) => changes.map(({ pointer }) => pointer.slice(1))),
    (field) => field,
  );
  const text = [...fields].map(([field, touched]) => `${field} of ${grouped(touched.length)}`).join(', ');
  return hang(`      ${view.palette.faint('changes')} `, escapeControls(text), view.width, 14);
}

function warningsOf({ warnings }: Plan, { palette, width }: View): readonly string[] {
  return warnings.flatMap((warning) => hang(`  ${palette.caution('!')} `, escapeControls(warning), width, 4));
}

function widest(named: readonly { readonly id: string }[]): number {
  return named.reduce((most, { id }) => Math.max(most, id.length), 0);
}

function confirmationsOf({ confirmations }: Plan, { palette, width }: View): readonly string[] {
  if (confirmations.length === 0) return [];
  const idWidth = Math.min(WIDEST_ID, widest(confirmations));
  const lines = confirmations.flatMap(({ id, why }) => {
    const shown = escapeControls(id).padEnd(idWidth);
    return hang(`  ${palette.caution(shown)}  `, escapeControls(why), width, idWidth + 4);
  });
  return [palette.strong('Visitors notice at once'), ...lines];
}

const DONE: Readonly<Record<Verb, string>> = { create: 'to create', update: 'to change', delete: 'to delete' };

/** `+ 12 to create, ~ 1 to change, - 2 to delete; 30 as they are`. */
function summaryOf({ operations, unchanged }: Plan, view: View): readonly string[] {
  const counts = countVerbs(operations as readonly PlanOperation[]);
  const parts = (['create', 'update', 'delete'] as const)
    .filter((verb) => counts[verb] > 0)
    .map((verb) => signed(verb, unbroken(` ${grouped(counts[verb])} ${DONE[verb]}`), view));
  const rest = unchanged === 0 ? '' : `; ${view.palette.faint(unbroken(`${grouped(unchanged)} as they are`))}`;
  return hang('', `${parts.join(', ')}${rest}`, view.width).map((line) => line.replaceAll(NO_BREAK, ' '));
}

const NO_BREAK = '\u00a0';

/** Words that stay on one line, until it is made. */
function unbroken(text: string): string {
  return text.replaceAll(' ', NO_BREAK);
}

/** The same in one plain line, for a question or a message. */
export function plainSummary({ operations }: Pick<Plan, 'operations'>): string {
  const counts = countVerbs(operations as readonly PlanOperation[]);
  return (['create', 'update', 'delete'] as const)
    .filter((verb) => counts[verb] > 0)
    .map((verb) => `${grouped(counts[verb])} ${DONE[verb]}`)
    .join(', ');
}

function footerOf(plan: Plan, { apply }: PlanRendering, { palette, width }: View): readonly string[] {
  if (apply === null) return [];
  const mended = plan.guards.some((guard) => guard.outcome === 'block' && guard.override === null);
  if (mended) return hang('', 'This cannot be applied: mend what blocks and plan again.', width).map(palette.bad);
  const until = formatInstant(plan.expiresAt - (plan.expiresAt % 1000));
  // The command is not wrapped: a line that is to be copied is copied whole.
  return [...hang('', `Apply exactly this, until ${until}:`, width), `  ${palette.strong(shellLine(apply))}`];
}
