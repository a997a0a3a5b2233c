import { Flags } from '@oclif/core';
import { type Answer, answer } from '../cli/answer.ts';
import { BaseCommand } from '../cli/base-command.ts';
import { documentText } from '../cli/document/document-text.ts';
import { beside, exportState } from '../cli/document/export-files.ts';
import { type FileToWrite, writeFiles } from '../cli/document/write-file.ts';
import { counted } from '../cli/output/counted.ts';

export class Export extends BaseCommand {
  static override summary = 'Write the platform’s state as a document.';
  static override description =
    'Planning it right away changes nothing. To standard output everything stands in the document; with --out, rulesets of more than 50 rules, and more than 50 products or listings, go to CSV files beside it.';
  static override examples = [
    '<%= config.bin %> export --out storectl.yaml',
    { description: 'In CI', command: '<%= config.bin %> export --context prod --no-input > backup.yaml' },
    { description: 'For scripts', command: '<%= config.bin %> export --json' },
  ];
  static override flags = {
    out: Flags.string({ summary: 'The file to write; - is standard output.', helpValue: 'FILE', default: '-' }),
    force: Flags.boolean({ summary: 'Replace files that are there already.' }),
  };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(Export);
    const toFile = flags.out !== '-';
    const client = await this.client(flags);
    this.progress.update('Reading the state');
    const { document, files: besideIt } = await exportState(client, { beside: toFile });
    this.progress.stop();
    const text = documentText(document);
    if (!toFile) return { ...answer(document, () => text.trimEnd()), asIs: true };

    const files: FileToWrite[] = [...besideIt].map(([file, csv]) => ({ file: beside(flags.out, file), text: csv }));
    // The document last: what it names is there by then.
    files.push({ file: flags.out, text });
    await writeFiles(this.surroundings, files, { replace: flags.force });
    const written = files.map(({ file }) => file);
    return answer({ files: written }, () => writtenText(flags.out, besideIt.size));
  }
}

function writtenText(file: string, beside: number): string {
  return `Wrote ${file}${beside === 0 ? '' : `, and ${counted(beside, 'file')} beside it`}`;
}
