import { Args, Flags } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { addContext, isExposed, platformUrl, readContexts } from '../../cli/settings/contexts.ts';
import { foldersOf } from '../../cli/settings/folders.ts';
import { forgetToken, readToken, storeToken } from '../../cli/settings/tokens.ts';
import { EXIT, Failure } from '../../domain/failure.ts';

export class ContextsAdd extends BaseCommand {
  static override summary = 'Add a context: a name for a platform.';
  static override description =
    'The token is read from a file or from standard input (-), never from a flag, and kept apart from the contexts in a file that only you can read.';
  static override examples = [
    '<%= config.bin %> contexts add staging --url https://platform.staging.example.com',
    {
      description: 'In CI',
      command:
        'printenv DEPLOY_TOKEN | <%= config.bin %> contexts add prod --url https://platform.example.com --token-file - --replace --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> contexts add prod --url https://platform.example.com --json',
    },
  ];
  static override args = { name: Args.string({ description: 'The name.', required: true }) };
  static override flags = {
    url: Flags.string({ summary: 'Where the platform answers.', helpValue: 'URL', required: true }),
    'token-file': Flags.string({ summary: 'A file that holds the token; - is standard input.', helpValue: 'FILE' }),
    replace: Flags.boolean({ summary: 'Replace a context of that name.' }),
    use: Flags.boolean({ summary: 'Make it the context in use.' }),
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ContextsAdd);
    const file = flags['token-file'];
    if (file === '-' && this.surroundings.stdin.isTTY === true) {
      throw new Failure({
        code: 'input-needed',
        exit: EXIT.usage,
        message: 'A token would be shown while it is typed.',
        remedy: 'Pipe it in, or name a file: --token-file FILE',
      });
    }
    const url = platformUrl(flags.url, '--url');
    // The token first: where it cannot be read, nothing is added.
    const token = file === undefined ? null : await readToken(file, this.surroundings);
    const folders = foldersOf(this.surroundings);
    const before = (await readContexts(folders)).contexts[args.name];
    const { current } = await addContext(folders, args.name, { url }, { replace: flags.replace, use: flags.use });
    if (token !== null) await storeToken(folders, args.name, token);
    // A token is for one platform; it must not go to another that took over the name.
    else if (before !== undefined && before.url !== url) await forgetToken(folders, args.name);
    if (isExposed(url)) {
      this.addWarning({
        code: 'no-tls',
        message: `${url} is not encrypted: anyone on the way can read the token.`,
        remedy: 'Use its https:// address.',
      });
    }

    const inUse = current === args.name;
    const hint = inUse ? '' : `\nUse it with: storectl contexts use ${args.name}`;
    return answer({ name: args.name, url, token: token !== null, inUse }, () => `Added ${args.name}: ${url}${hint}`);
  }
}
