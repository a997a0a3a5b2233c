import {
  createPrompt,
  isBackspaceKey,
  isEnterKey,
  isTabKey,
  makeTheme,
  useKeypress,
  usePrefix,
  useState,
} from '@inquirer/core';

export interface PreviewPromptConfig {
  readonly message: string;
  readonly initial: string;
  /** What is wrong with an answer, or null. */
  readonly check: (answer: string) => Promise<string | null>;
  /** What the text so far would mean; lines under the input. */
  readonly preview: (typed: string) => string;
}

/**
 * A line of text with what it means shown under it while it is typed. inquirer's own input can only show that in the
 * line itself, where the cursor then stands wrong.
 */
export const previewPrompt = createPrompt<string, PreviewPromptConfig>((config, done) => {
  const theme = makeTheme({});
  const [status, setStatus] = useState<'idle' | 'loading' | 'done'>('idle');
  const [typed, setTyped] = useState('');
  const [initial, setInitial] = useState(config.initial);
  const [fault, setFault] = useState('');
  const prefix = usePrefix({ status, theme });

  useKeypress(async (key, line) => {
    if (status !== 'idle') return;
    if (isEnterKey(key)) {
      const answer = typed === '' ? initial : typed;
      setStatus('loading');
      const found = await config.check(answer);
      if (found === null) {
        setTyped(answer);
        setStatus('done');
        done(answer);
        return;
      }
      // Enter cleared the line; what is wrong stays there to be mended.
      line.write(typed);
      setFault(found);
      setStatus('idle');
    } else if (isBackspaceKey(key) && typed === '') {
      setInitial('');
    } else if (isTabKey(key) && typed === '') {
      line.clearLine(0);
      line.write(initial);
      setTyped(initial);
      setInitial('');
    } else {
      setTyped(line.line);
      setFault('');
    }
  });

  const message = theme.style.message(config.message, status);
  if (status === 'done') return `${prefix} ${message} ${theme.style.answer(typed)}`;
  const suggestion = initial === '' || typed !== '' ? '' : `${theme.style.defaultAnswer(initial)} `;
  const below = fault === '' ? config.preview(typed === '' ? initial : typed) : theme.style.error(fault);
  return [`${prefix} ${message} ${suggestion}${typed}`, below === '' ? undefined : indented(below)];
});

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
