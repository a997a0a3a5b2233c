import type { ItemStatus } from '../../domain/checklists/item-state.ts';
import type { LaunchChecklist } from '../../domain/checklists/launch-checklist.ts';
import { WebLink } from '../../domain/document/schema-atoms.ts';
import { escapeControls } from '../../domain/escape.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import type { Ask, TextQuestion } from '../prompts/ask.ts';
import { shellLine } from '../prompts/shell-quote.ts';
import { textQuestion } from '../wizards/entry-wizard.ts';
import { adviceLines, headLines, provenLines } from './render-checklist.ts';
import type { SignFlags, WaiveFlags } from './signoff-writes.ts';
import { untilQuestion } from './until-question.ts';

export interface Walk {
  readonly ask: Ask;
  /** Said to the person on standard error, where `view` is of. */
  readonly say: (message: string) => Promise<void>;
  readonly view: View;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Who answers for a waiver unless told. */
  readonly actor: string;
  /** The words that choose the platform on a command line; none where it is the usual one. */
  readonly context: readonly string[];
  /** Each writes at once, and answers with the checklist as it is then. */
  readonly sign: (item: string, flags: SignFlags) => Promise<LaunchChecklist>;
  readonly waive: (item: string, flags: WaiveFlags) => Promise<LaunchChecklist>;
}

/**
 * Shows what the platform proves, then asks for each manual item that is open. Every answer is written before the next
 * question: whoever stops here, or loses the line, goes on where it stopped, on any machine.
 *
 * @returns the checklist as it is in the end
 */
export async function walkChecklist(first: LaunchChecklist, walk: Walk): Promise<LaunchChecklist> {
  const { say, view } = walk;
  await say([...headLines(first, view), '', ...provenLines(first, view)].join('\n'));
  const total = first.items.filter(isAsked).length;
  const asked = new Set<string>();
  const commands: (readonly string[])[] = [];
  let checklist = first;
  for (;;) {
    // Anew each time: others may be signing too.
    const status = checklist.items.find((own) => isAsked(own) && !asked.has(own.item));
    if (status === undefined) break;
    asked.add(status.item);
    await say(questionLines(status, `${asked.size}/${Math.max(total, asked.size)}`, view).join('\n'));
    const step = await askItem(status, checklist, walk);
    if (step === 'stop') break;
    if (step === null) continue;
    checklist = step.checklist;
    commands.push(step.words);
  }
  if (commands.length > 0) {
    const lines = commands.map((words) => `  ${shellLine(words)}`);
    await say(['', 'The same without questions:', ...lines, ''].join('\n'));
  }
  return checklist;
}

/** A manual item that is not settled; one that is waived has been dealt with. */
function isAsked({ kind, state }: ItemStatus): boolean {
  return kind === 'manual' && (state === 'open' || state === 'expired');
}

function questionLines(status: ItemStatus, place: string, view: View): readonly string[] {
  const { item, title, required, advice, validForDays, state, why } = status;
  const { palette, width } = view;
  const head = `${palette.faint(place)} ${palette.strong(escapeControls(item))}`;
  const holds = validForDays === null ? [] : [`A signature holds for ${validForDays} days.`];
  const before = state === 'expired' ? why : [];
  return [
    '',
    ...hang('', `${head}${required ? '' : ' (optional)'}`, width, 2),
    ...hang('  ', escapeControls(title), width),
    ...(advice === null ? [] : adviceLines(advice, '  ', view)),
    ...before.flatMap((reason) => hang('  · ', escapeControls(reason), width)),
    ...holds.flatMap((text) => hang('  ', text, width).map(palette.faint)),
  ];
}

/** What was written; null where the item stays open; `stop` where the person stops here. */
type Step = { readonly checklist: LaunchChecklist; readonly words: readonly string[] } | null | 'stop';

async function askItem({ item }: ItemStatus, checklist: LaunchChecklist, walk: Walk): Promise<Step> {
  const { ask, say } = walk;
  for (;;) {
    const choice = await ask({
      kind: 'choice',
      message: item,
      choices: [
        { value: 'note', label: 'Sign with a note' },
        { value: 'link', label: 'Sign with a link' },
        { value: 'waive', label: 'Waive it for a while' },
        { value: 'skip', label: 'Leave it open' },
        { value: 'stop', label: 'Stop here' },
      ],
      initial: ['note'],
    });
    if (choice === 'stop') return 'stop';
    if (choice === 'skip') return null;
    try {
      return choice === 'waive'
        ? await askWaiver(item, checklist, walk)
        : await askSignature(item, choice === 'link' ? 'link' : 'note', checklist, walk);
    } catch (error) {
      // What was typed is at fault, or the item is no longer there: nothing is written, and it can be said again.
      if (!(error instanceof Failure) || (error.exit !== EXIT.usage && error.exit !== EXIT.notFound)) throw error;
      await say(escapeControls([error.message, error.remedy ?? ''].join('\n').trim(), { keepNewlines: true }));
    }
  }
}

const LINK_QUESTION: TextQuestion = {
  kind: 'text',
  message: 'Where is it shown? (a link)',
  check: (typed) => WebLink.safeParse(typed).error?.issues[0]?.message ?? null,
};

async function askSignature(
  item: string,
  by: 'note' | 'link',
  { launch }: LaunchChecklist,
  { ask, say, sign, view, context }: Walk,
): Promise<Step> {
  const question = by === 'note' ? textQuestion('What was done, by whom, what came of it?') : LINK_QUESTION;
  const text = String(await ask(question)).trim();
  const checklist = await sign(item, { [by]: text });
  const until = checklist.items.find((status) => status.item === item)?.until ?? null;
  await say(`${view.palette.good('✓')} signed${until === null ? '' : ` until ${until}`}`);
  return { checklist, words: ['storectl', 'launches', 'sign', launch, item, `--${by}`, text, ...context, '--yes'] };
}

async function askWaiver(item: string, standing: LaunchChecklist, walk: Walk): Promise<Step> {
  const { ask, say, waive, view, actor, context, now } = walk;
  const because = String(await ask(textQuestion('Why may it stay open?'))).trim();
  const owner = String(await ask(textQuestion('Who answers for it? (a person or a team)', actor))).trim();
  const until = String(await ask(untilQuestion(standing, now(), view.width ?? 80))).trim();
  const checklist = await waive(item, { because, owner, until });
  await say(`${view.palette.caution('~')} waived until ${until}`);
  const flags = ['--because', because, '--owner', owner, '--until', until];
  return { checklist, words: ['storectl', 'launches', 'waive', standing.launch, item, ...flags, ...context, '--yes'] };
}
