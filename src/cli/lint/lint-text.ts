import type { LintResult } from '../entries/rules/finding-view.ts';
import { renderFindings } from '../entries/rules/render-findings.ts';
import { counted } from '../output/counted.ts';
import { jsonText } from '../output/json.ts';
import type { View } from '../output/view.ts';

export interface LintTextInput {
  readonly format: string;
  /** Of this program. */
  readonly version: string;
  /** Whether it was of files that --fix could write. */
  readonly ofFiles: boolean;
}

/** A lint in the format that was asked for; `json` is what --json prints. */
export async function lintText(
  result: LintResult,
  { format, version, ofFiles }: LintTextInput,
  view: View,
): Promise<string> {
  switch (format) {
    case 'json':
      return jsonText({ data: result, warnings: [] });
    case 'sarif': {
      const { sarifOf } = await import('./sarif.ts');
      return jsonText(sarifOf(result.findings, version));
    }
    case 'github': {
      const { githubLines } = await import('./github.ts');
      return githubLines(result.findings).join('\n');
    }
    default: {
      return `${renderFindings(result, view)}${aboutFixes(result, ofFiles)}`;
    }
  }
}

/** What --fix did, or would do. */
function aboutFixes({ fixed, findings }: LintResult, ofFiles: boolean): string {
  if (fixed !== undefined) return `\n  ${counted(fixed, 'finding')} mended in the files`;
  const fixable = findings.filter(({ fix }) => fix !== null).length;
  return ofFiles && fixable > 0 ? `\n  ${counted(fixable, 'finding')} can be mended with --fix` : '';
}
