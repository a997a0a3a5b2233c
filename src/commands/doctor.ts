import { type Answer, answer } from '../cli/answer.ts';
import { BaseCommand } from '../cli/base-command.ts';
import type { Check } from '../cli/doctor/check.ts';
import { platformChecks } from '../cli/doctor/platform-checks.ts';
import { renderChecks } from '../cli/doctor/render-checks.ts';
import { currentRuntime, runtimeChecks } from '../cli/doctor/runtime-checks.ts';
import { completionCheck, fileChecks, settingChecks } from '../cli/doctor/settings-checks.ts';
import { foldersOf } from '../cli/settings/folders.ts';
import { EXIT, Failure } from '../domain/failure.ts';

export class Doctor extends BaseCommand {
  static override summary = 'Look for what could be in the way: runtime, settings, files, platform, clock.';
  static override description = 'Shows where each setting comes from. Ends with exit 3 when a check failed.';
  static override examples = [
    '<%= config.bin %> doctor',
    { description: 'In CI', command: '<%= config.bin %> doctor --no-input --context prod' },
    { description: 'For scripts', command: '<%= config.bin %> doctor --json' },
  ];

  async run(): Promise<Answer> {
    const { flags } = await this.parse(Doctor);
    const folders = foldersOf(this.surroundings);
    const settings = await this.settings(flags).catch((error: unknown) => {
      if (error instanceof Failure) return error;
      throw error;
    });
    const checks: readonly Check[] = [
      ...runtimeChecks(currentRuntime()),
      ...settingChecks(settings),
      ...(await fileChecks(folders, this.surroundings.platform)),
      await completionCheck(folders),
      ...(settings instanceof Failure ? [] : await platformChecks(() => this.client(flags), this.surroundings.now)),
    ];
    const failed = checks.some(({ status }) => status === 'failed');
    return answer({ checks }, (view) => renderChecks(checks, view), failed ? EXIT.pending : EXIT.done);
  }
}
