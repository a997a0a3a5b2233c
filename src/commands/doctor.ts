import { resolve } from 'node:path';
import { type Answer, answer } from '../cli/answer.ts';
import { BaseCommand } from '../cli/base-command.ts';
import type { Check } from '../cli/doctor/check.ts';
import { databaseCheck } from '../cli/doctor/database-check.ts';
import { platformChecks } from '../cli/doctor/platform-checks.ts';
import { renderChecks } from '../cli/doctor/render-checks.ts';
import { currentRuntime, runtimeChecks } from '../cli/doctor/runtime-checks.ts';
import { completionCheck, fileChecks, settingChecks, wizardsCheck } from '../cli/doctor/settings-checks.ts';
import { foldersOf } from '../cli/settings/folders.ts';
import type { Settings } from '../cli/settings/settings.ts';
import { EXIT, Failure } from '../domain/failure.ts';

export class Doctor extends BaseCommand {
  static override summary = 'Look for what could be in the way: runtime, settings, files, platform, clock.';
  static override description =
    'Shows where each setting comes from, and reads the file of the embedded platform for damage. Ends with exit 3 when a check failed.';
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
      ...present([await wizardsCheck(folders)]),
      ...(settings instanceof Failure ? [] : await platformChecks(() => this.client(flags), this.surroundings.now)),
      ...(settings instanceof Failure ? [] : present([await this.databaseCheck(settings)])),
    ];
    const failed = checks.some(({ status }) => status === 'failed');
    return answer({ checks }, (view) => renderChecks(checks, view), failed ? EXIT.pending : EXIT.done);
  }

  /** Of the embedded platform: another one is looked at where it is. */
  private databaseCheck({ values: { url, database } }: Settings): Promise<Check | null> {
    if (url.value !== null || database.value === null) return Promise.resolve(null);
    return databaseCheck(resolve(this.surroundings.cwd, database.value));
  }
}

function present(checks: readonly (Check | null)[]): readonly Check[] {
  return checks.filter((check) => check !== null);
}
