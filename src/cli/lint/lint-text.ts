import type { LintResult } from '../entries/rules/finding-view.ts';
import { renderFindings } from '../entries/rules/render-findings.ts';
import { counted } from '../output/counted.ts';
import { jsonText } from '../output/json.ts';
import type { View } from '../output/view.ts';

/** A lint in the format that was asked for; `json` is what --json prints. */
export async function lintText(result: LintResult, format: string, view: View, version: string): Promise<string> {
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
      const text = renderFindings(result, view);
      return result.fixed === undefined ? text : `${text}\n${counted(result.fixed, 'finding')} mended in the files`;
    }
  }
}
