import { Args } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { renderFacts } from '../../cli/output/facts.ts';
import { sourceText } from '../../cli/settings/settings.ts';
import { findToken } from '../../cli/settings/target.ts';

export class ContextsShow extends BaseCommand {
  static override summary = 'Show a context, and where each of its values comes from.';
  static override description = 'Without NAME, the context that commands work in. The token itself is never shown.';
  static override examples = [
    '<%= config.bin %> contexts show',
    { description: 'In CI', command: '<%= config.bin %> contexts show prod --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> contexts show --json' },
  ];
  static override args = { name: Args.string({ description: 'The context.' }) };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ContextsShow);
    const settings = await this.settings(args.name === undefined ? flags : { ...flags, context: args.name });
    const { context, url, database } = settings.values;
    const token = await findToken(settings, this.surroundings);
    const platform = url.value === null ? { database } : { url };
    const shown = { context, ...platform };
    const data = {
      ...Object.fromEntries(
        Object.entries(shown).map(([name, { value, source }]) => [name, { value, source: sourceText(source) }]),
      ),
      token: { value: token === null ? null : 'set', source: token === null ? 'default' : sourceText(token.source) },
    };
    return answer(data, (view) =>
      renderFacts(
        Object.entries(data).map(([name, { value, source }]) => ({
          name,
          value: value ?? 'none',
          note: `from ${source}`,
        })),
        view,
      ),
    );
  }
}
