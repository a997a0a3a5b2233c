import { type Answer, answer } from '../cli/answer.ts';
import { BaseCommand } from '../cli/base-command.ts';
import { documentJsonSchema, documentJsonSchemaText } from '../cli/document/json-schema.ts';

export class Schema extends BaseCommand {
  static override summary = 'Print the JSON Schema of the document, for editors.';
  static override description =
    'JSON Schema 2020-12. Editors with a YAML language server complete and check a document that begins with a comment naming it: # yaml-language-server: $schema=storectl.schema.json';
  static override examples = [
    '<%= config.bin %> schema > storectl.schema.json',
    {
      description: 'In CI',
      command: '<%= config.bin %> schema --no-input | diff - node_modules/storectl/docs/storectl.schema.json',
    },
    { description: 'For scripts', command: '<%= config.bin %> schema --json' },
  ];

  async run(): Promise<Answer> {
    await this.parse(Schema);
    return answer(documentJsonSchema(), () => documentJsonSchemaText().trimEnd());
  }
}
