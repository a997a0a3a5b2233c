import { Flags } from '@oclif/core';
import { type Answer, answer } from '../cli/answer.ts';
import { TZDB } from '../cli/answers/asked-time.ts';
import { BaseCommand } from '../cli/base-command.ts';
import { documentFile, documentFileFlag } from '../cli/document/document-flag.ts';
import { loadDocument } from '../cli/document/load-document.ts';
import { problemValues, renderValidation } from '../cli/document/render-validation.ts';
import { validateDocument } from '../cli/document/validate-document.ts';
import { EXIT } from '../domain/failure.ts';

export class Validate extends BaseCommand {
  static override summary = 'Check a document with no platform at hand.';
  static override description =
    'Form, references inside the document, times, rules, and what would make a plan unsafe: everything that is wrong is listed with file, line and column, and the command ends with exit 2. Warnings do not fail; of more than fifty of one code, the first ten are shown. References into a section that the document does not have cannot be judged here; `plan` judges them.';
  static override examples = [
    '<%= config.bin %> validate',
    { description: 'In CI', command: '<%= config.bin %> validate -f examples/poco-2024/storectl.yaml --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> validate -f - --json < storectl.yaml' },
  ];
  static override flags = {
    ...documentFileFlag,
    all: Flags.boolean({ summary: 'Show every warning, however many of one code there are; --json always does.' }),
  };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(Validate);
    const file = documentFile(this.surroundings.env, flags.file);
    this.progress.update(`Checking ${file}`);
    const loaded = await loadDocument(this.surroundings, file);
    const validation = validateDocument(loaded, TZDB, this.surroundings.now());
    const wrong = validation.problems.some(({ severity }) => severity === 'error');
    return answer(
      {
        file: loaded.file,
        problems: problemValues(validation.problems),
        entries: validation.entries,
        rules: validation.rules,
        unchecked: validation.unchecked,
      },
      (view) => renderValidation(loaded.file, validation, view, flags.all),
      wrong ? EXIT.usage : EXIT.done,
    );
  }
}
