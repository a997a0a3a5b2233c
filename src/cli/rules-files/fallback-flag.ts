import { FALLBACK_STATUS } from '../../domain/document/ruleset-defaults.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { type Fallback, isFault } from '../../redirects/rule.ts';
import { parseTarget } from '../../redirects/template.ts';

/**
 * Where a URL goes that no rule takes: a URL, or 410; nowhere where nothing is said.
 *
 * @throws Failure `invalid-fallback`
 */
export function fallbackOf(text: string | undefined): Fallback | undefined {
  if (text === undefined || text === '') return undefined;
  if (text === '410') return { status: 410 };
  const target = parseTarget(text, []);
  if (!isFault(target)) return { to: text, status: FALLBACK_STATUS };
  throw new Failure({
    code: 'invalid-fallback',
    exit: EXIT.usage,
    message: `--fallback "${text}" leads nowhere: ${target.message.replaceAll('`to`', 'it')}.`,
    remedy: 'Write a URL such as https://www.mi.com/, or 410 for what is gone',
  });
}
