import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { renderVerification } from '../../cli/plans/render-verification.ts';
import { api } from '../../contract/operations/index.ts';
import { EXIT } from '../../domain/failure.ts';

export class ChangesVerify extends BaseCommand {
  static override summary = 'Prove that the trail of changes is whole and the state is what it says.';
  static override description =
    'Every change carries the hash of the one before. The chain is computed again, and the state is held against what the last changes left. Exit 3 where anything does not fit.';
  static override examples = [
    '<%= config.bin %> changes verify',
    { description: 'In CI', command: '<%= config.bin %> changes verify --no-input --quiet' },
    { description: 'For scripts', command: '<%= config.bin %> changes verify --json' },
  ];

  async run(): Promise<Answer> {
    const { flags } = await this.parse(ChangesVerify);
    const client = await this.client(flags);
    this.progress.update('Verifying the trail');
    const { value } = await client.call(api.changes.verify);
    this.progress.stop();
    return answer(value, (view) => renderVerification(value, view), value.intact ? EXIT.done : EXIT.pending);
  }
}
