import { basename, dirname, join } from 'node:path';
import { Flags } from '@oclif/core';
import { type Answer, answer, streamOf } from '../cli/answer.ts';
import { TZDB } from '../cli/answers/asked-time.ts';
import { BaseCommand } from '../cli/base-command.ts';
import { documentFile } from '../cli/document/document-flag.ts';
import { initAnswers, validFirstText } from '../cli/document/init-answers.ts';
import { FIRST_DOCUMENT_FLAGS, initWizard } from '../cli/document/init-wizard.ts';
import { documentJsonSchemaText } from '../cli/document/json-schema.ts';
import { writeFiles } from '../cli/document/write-file.ts';
import { askAtTerminal } from '../cli/prompts/ask.ts';
import { shellLine } from '../cli/prompts/shell-quote.ts';
import { finishWizard } from '../cli/prompts/wizard.ts';
import { foldersOf } from '../cli/settings/folders.ts';

const SCHEMA_FILE = 'storectl.schema.json';

export class Init extends BaseCommand {
  static override summary = 'Write a first document, by questions or by flags.';
  static override description =
    'The document has one site that closes into another, with comments that say what each part is for. The schema goes beside it, so that editors complete and check what you write. A file that is there already is replaced only with --force.';
  static override examples = [
    '<%= config.bin %> init',
    {
      description: 'In CI',
      command:
        '<%= config.bin %> init --brand POCO --url https://po.co/uk/ --into https://www.mi.com/global/ --country GB --currency GBP --freeze "start of 2024-10-21" --dark "end of 2024-12-31" --no-input',
    },
    {
      description: 'For scripts',
      command:
        '<%= config.bin %> init -f new.yaml --brand POCO --url https://po.co/fr/ --into https://www.mi.com/global/ --country FR --currency EUR --freeze "start of 2024-10-21" --dark "end of 2024-12-31" --json',
    },
  ];
  static override flags = {
    file: Flags.string({ char: 'f', summary: 'The file to write; - is standard output.', helpValue: 'FILE' }),
    brand: Flags.string({ summary: 'The brand whose site closes.' }),
    url: Flags.string({ summary: 'The base URL of the site that closes.', helpValue: 'URL' }),
    into: Flags.string({ summary: 'The base URL of the site that takes its visitors.', helpValue: 'URL' }),
    country: Flags.string({ summary: 'The country of its market: ISO 3166-1, two letters.', helpValue: 'CODE' }),
    currency: Flags.string({ summary: 'The currency of its market: ISO 4217, three letters.', helpValue: 'CODE' }),
    locale: Flags.string({ summary: 'Its language: BCP 47. [default: the usual one]', helpValue: 'TAG' }),
    'time-zone': Flags.string({ summary: 'Its IANA time zone. [default: the usual one]', helpValue: 'ZONE' }),
    freeze: Flags.string({ summary: 'No new orders from then on.', helpValue: 'TIME' }),
    dark: Flags.string({ summary: 'Visitors are redirected from then on.', helpValue: 'TIME' }),
    'redirects-until': Flags.string({
      summary: 'Redirects end then. [default: two years after dark]',
      helpValue: 'TIME',
    }),
    force: Flags.boolean({ summary: 'Replace the file if it is there.' }),
  };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(Init);
    const file = documentFile(this.surroundings.env, flags.file);
    this.surroundings.interruption.resumeWith('storectl init');
    const wizard = initWizard(TZDB, this.surroundings.now());
    const folders = foldersOf(this.surroundings);
    const { first, asked } = await initAnswers(wizard, flags, {
      ask: this.mayPrompt ? askAtTerminal(this.surroundings) : null,
      stateFolder: folders.state,
      say: (message) => this.say(message),
    });
    const text = await validFirstText(this.surroundings, first, SCHEMA_FILE, TZDB);
    if (file === '-') return streamOf([text]);

    const schema = join(dirname(file), SCHEMA_FILE);
    const files = [
      { file, text },
      { file: schema, text: documentJsonSchemaText(), replace: true },
    ];
    await writeFiles(this.surroundings, files, { replace: flags.force });
    await finishWizard(wizard, folders.state);
    if (asked) {
      const words = Object.entries(FIRST_DOCUMENT_FLAGS).flatMap(([key, flag]) => [
        flag,
        first[key as keyof typeof first],
      ]);
      await this.say(`The same without questions: ${shellLine(['storectl', 'init', '-f', file, ...words])}\n`);
    }
    const next = basename(file) === 'storectl.yaml' ? '' : ` -f ${file}`;
    return answer({ file, schema }, (view) =>
      [
        `${view.palette.good('✓')} Wrote ${file} and ${schema}`,
        '  Next: put the rules in, then',
        `    storectl validate${next}`,
        `    storectl plan${next}`,
      ].join('\n'),
    );
  }
}
