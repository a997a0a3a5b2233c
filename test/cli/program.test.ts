import { Args, Flags } from '@oclif/core';
import { describe, expect, it } from 'vitest';
import { type Answer, answer, streamOf } from '../../src/cli/answer.ts';
import { BaseCommand } from '../../src/cli/base-command.ts';
import { Interruption } from '../../src/cli/interruption.ts';
import { writeFlags } from '../../src/cli/prompts/consent.ts';
import { EXIT, Failure } from '../../src/domain/failure.ts';
import { run } from './support/in-process.ts';

/** A command made for one test. */
function command(body: (self: Probe) => Promise<Answer>): Readonly<Record<string, object>> {
  return {
    'try:it': class extends Probe {
      protected override body(): Promise<Answer> {
        return body(this);
      }
    },
  };
}

abstract class Probe extends BaseCommand {
  static override summary = 'A command of a test.';
  static override args = { id: Args.string() };
  static override flags = {
    ...writeFlags,
    at: Flags.string({
      parse: async (text: string) => {
        if (text !== 'now')
          throw new Failure({ code: 'invalid-time', exit: EXIT.usage, message: `"${text}" is no time.` });
        return text;
      },
    }),
  };

  protected abstract body(): Promise<Answer>;

  async run(): Promise<Answer> {
    await this.parse(Probe as never);
    return this.body();
  }

  advise(message: string): void {
    this.addWarning({ code: 'advice', message });
  }

  abandon(): AbortSignal {
    return this.signal;
  }
}

const fine = command(async () => answer({ n: 1 }, () => 'one'));

describe('an answer', () => {
  it('is text for people', async () => {
    expect(await run(['try', 'it'], { commands: fine })).toEqual({ stdout: 'one\n', stderr: '', exit: 0 });
  });

  it('is one JSON value with --json, warnings inside', async () => {
    const commands = command(async (self) => {
      self.advise('look out');
      self.advise('look out');
      return answer({ n: 1n }, () => 'one');
    });
    const { stdout, stderr, exit } = await run(['try', 'it', '--json'], { commands });
    expect(JSON.parse(stdout)).toEqual({ data: { n: '1' }, warnings: [{ code: 'advice', message: 'look out' }] });
    expect(stderr).toBe('');
    expect(exit).toBe(0);
  });

  it('has its warnings on standard error otherwise', async () => {
    const commands = command(async (self) => {
      self.advise('look\u001b[31m out');
      return answer({}, () => 'one');
    });
    expect(await run(['try', 'it'], { commands })).toEqual({
      stdout: 'one\n',
      stderr: 'Warning: look\\x1b[31m out\n',
      exit: 0,
    });
  });

  it('decides the exit', async () => {
    const commands = command(async () => answer({}, () => '', EXIT.pending));
    expect(await run(['try', 'it'], { commands })).toEqual({ stdout: '', stderr: '', exit: 3 });
  });

  it('can be a stream', async () => {
    const commands = command(async () =>
      streamOf(
        (async function* () {
          yield 'a\n';
          yield 'b\n';
        })(),
      ),
    );
    expect((await run(['try', 'it'], { commands })).stdout).toBe('a\nb\n');
  });
});

describe('a failure', () => {
  const failing = command(async () => {
    throw new Failure({
      code: 'stale-plan',
      exit: EXIT.stale,
      message: 'poco-gb changed.\u001b[2J',
      remedy: 'Plan again.',
      details: {
        requestId: 'r-1',
        problems: [
          {
            code: 'unknown-key',
            severity: 'error',
            message: 'no such key',
            place: { file: 'storectl.yaml', line: 3, column: 5 },
          },
        ],
      },
    });
  });

  it('is a message on standard error, with every problem and its place', async () => {
    expect(await run(['try', 'it'], { commands: failing })).toEqual({
      stdout: '',
      stderr: [
        'Error: poco-gb changed.\\x1b[2J',
        '  storectl.yaml:3:5: error unknown-key: no such key',
        '  Plan again.',
        '  request r-1',
        '',
      ].join('\n'),
      exit: 6,
    });
  });

  it('is one JSON value with --json', async () => {
    const { stdout, stderr, exit } = await run(['try', 'it', '--json'], { commands: failing });
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'stale-plan',
      remedy: 'Plan again.',
      exit: 6,
      requestId: 'r-1',
    });
    expect(Object.keys(JSON.parse(stdout).error)).toEqual([
      'code',
      'message',
      'remedy',
      'exit',
      'requestId',
      'details',
    ]);
    expect(stderr).toBe('');
    expect(exit).toBe(6);
  });

  it('that nobody expected is a bug, with the stack only with --debug', async () => {
    const commands = command(async () => {
      throw Object.assign(new TypeError('x is not a function'), { config: { token: 'hidden' } });
    });
    const plain = await run(['try', 'it', '--json'], { commands });
    expect(JSON.parse(plain.stdout).error).toMatchObject({ code: 'bug', exit: 1, details: null });
    expect(plain.stdout).not.toContain('hidden');
    expect(plain.stderr).toBe('');
    expect(plain.exit).toBe(1);

    const debugged = await run(['try', 'it', '--json', '--debug'], { commands });
    expect(debugged.stderr).toContain('caused by TypeError: x is not a function');
    expect(() => JSON.parse(debugged.stdout)).not.toThrow();
  });

  it('shows no token, wherever it comes from', async () => {
    const commands = command(async () => {
      throw new Failure({
        code: 'x',
        exit: 2,
        message: 'sent s3cret-token',
        details: { header: 'Bearer s3cret-token' },
      });
    });
    for (const argv of [
      ['try', 'it'],
      ['try', 'it', '--json'],
      ['try', 'it', '--debug'],
    ]) {
      const { stdout, stderr } = await run(argv, { commands, env: { STORECTL_TOKEN: 's3cret-token' } });
      expect(stdout + stderr).not.toContain('s3cret-token');
      expect(stdout + stderr).toContain('[token]');
    }
  });

  it('of the system is none of ours', async () => {
    const commands = command(async () => {
      throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', path: '/data/x' });
    });
    const { stderr, exit } = await run(['try', 'it'], { commands });
    expect(stderr).toContain('/data/x: no space left on the device.');
    expect(exit).toBe(9);
  });
});

describe('a wrong command line', () => {
  it.each([
    [['try', 'it', '--reson', 'x'], 'unknown-flag', 'Unknown flag --reson. Did you mean --reason?'],
    [['try', 'it', '--token', 's3cret'], 'unknown-flag', 'Unknown flag --token.'],
    [['try', 'it', '--token=s3cret'], 'unknown-flag', 'Unknown flag --token.'],
    [['try', 'it', 'id', 's3cret'], 'unexpected-argument', '1 argument more than this command takes.'],
    [['try', 'it', '--at', 'noon'], 'invalid-time', '--at: "noon" is no time.'],
    [['try', 'it', '--reason'], 'invalid-flag', 'Flag --reason expects a value.'],
    [['try', 'itt'], 'unknown-command', 'There is no command "try itt". Did you mean "try it"?'],
    [['contxts', 'list'], 'unknown-command', 'There is no command "contxts". Did you mean "contexts list"?'],
    [['xyzzy-plugh'], 'unknown-command', 'There is no command "xyzzy-plugh".'],
    [['--jsn'], 'unknown-flag', 'Unknown flag --jsn. Did you mean --json?'],
  ])('%j is a usage failure that repeats no value', async (argv, code, message) => {
    const people = await run(argv, { commands: fine });
    expect(people.stderr.split('\n')[0]).toBe(`Error: ${message}`);
    expect(people.stdout).toBe('');
    expect(people.exit).toBe(2);

    const programs = await run(['--json', ...argv], { commands: fine });
    expect(JSON.parse(programs.stdout).error).toMatchObject({ code, message, exit: 2 });
    expect(programs.stderr).toBe('');
    expect(people.stderr + programs.stdout).not.toContain('s3cret');
  });
});

describe('help and version', () => {
  it('leads the help of a command with its examples', async () => {
    const { stdout, exit } = await run(['contexts', 'list', '--help']);
    const heads = stdout.split('\n').filter((line) => /^[A-Z][A-Z ]+$/.test(line));
    expect(heads[0]).toBe('EXAMPLES');
    expect(heads).toContain('GLOBAL FLAGS');
    expect(heads.indexOf('LIST FLAGS')).toBeLessThan(heads.indexOf('GLOBAL FLAGS'));
    expect(stdout).not.toContain('\u001b');
    expect(exit).toBe(0);
  });

  it('keeps the flags of a command in columns, whether they have a letter or not', async () => {
    const { stdout } = await run(['plan', '--help']);
    expect(stdout).toMatch(/^ {2}-f, --file=FILE {2}/m);
    for (const flag of ['--out', '--allow-empty', '--json', '--help'])
      expect(stdout).toMatch(new RegExp(`^ {6}${flag}\\b`, 'm'));
    expect((await run(['status', '--help'])).stdout).toMatch(/^ {2,6}--json/m);
  });

  it('shows an example that begins with another program as one line to be copied', async () => {
    const { stdout } = await run(['contexts', 'add', '--help'], { columns: 40 });
    expect(stdout).toMatch(/^ +\$ printenv DEPLOY_TOKEN \| storectl contexts add prod .* --no-input$/m);
  });

  it('describes every topic by itself', async () => {
    const { stdout } = await run(['platform', '--help']);
    expect(stdout).toMatch(/platform token {2}Bearer tokens/);
  });

  it('leads the help of the program with examples', async () => {
    const { stdout } = await run(['--help']);
    expect(stdout.split('\n').filter((line) => /^[A-Z]+$/.test(line))[0]).toBe('EXAMPLES');
    expect(stdout).not.toContain('<%');
  });

  it('is one JSON value too', async () => {
    const { stdout } = await run(['contexts', '--help', '--json']);
    expect(JSON.parse(stdout).data.help).toContain('contexts list');
    expect(JSON.parse((await run(['--version', '--json'])).stdout).data.version).toMatch(/^\d/);
  });
});

describe('an interruption', () => {
  it('ends a command that waits, with 130 and the way to go on', async () => {
    const interruption = new Interruption();
    interruption.resumeWith('storectl apply plan-1 --resume');
    const commands = command(() => {
      interruption.request('SIGINT');
      return new Promise(() => {});
    });
    expect(await run(['try', 'it'], { commands, interruption })).toEqual({
      stdout: '',
      stderr: 'Error: Interrupted.\n  Go on with: storectl apply plan-1 --resume\n',
      exit: 130,
    });
  });

  it('is told over the ^C that a terminal shows where the key was pressed', async () => {
    const interruption = new Interruption();
    const commands = command(() => {
      interruption.request('SIGINT');
      return new Promise(() => {});
    });
    const env = { NO_COLOR: '1' };
    expect((await run(['try', 'it'], { commands, interruption, columns: 80, env })).stderr).toBe(
      '\rError: Interrupted.\n',
    );
  });

  it('waits for what must not be left half way', async () => {
    const interruption = new Interruption();
    let written = false;
    const commands = command(() =>
      interruption.protect(async () => {
        expect(interruption.request('SIGTERM')).toBe('finishing');
        expect(interruption.request('SIGTERM')).toBe('again');
        await new Promise((resolve) => setImmediate(resolve));
        written = true;
        return answer({}, () => 'done');
      }),
    );
    const { exit } = await run(['try', 'it', '--json'], { commands, interruption });
    expect(written).toBe(true);
    expect(exit).toBe(143);
  });

  it('of a write says how to find out, until it is known what became of it', async () => {
    const interruption = new Interruption();
    interruption.findOutWith('storectl changes list');
    expect(interruption.failure('SIGTERM')).toMatchObject({
      message: 'Terminated. Whether it was written is not known.',
      remedy: 'Find out with: storectl changes list',
    });
    interruption.isDone('It was written, as change 7.', 'storectl changes list');
    expect(interruption.failure('SIGTERM').message).toBe('Terminated. It was written, as change 7.');
  });

  it('of lines that have begun leaves standard output with lines of one kind', async () => {
    const interruption = new Interruption();
    const commands = command(async () =>
      streamOf(
        (async function* () {
          yield '{"look":1}\n';
          interruption.request('SIGTERM');
          await new Promise(() => {});
        })(),
      ),
    );
    const { stdout, stderr, exit } = await run(['try', 'it', '--json'], { commands, interruption });
    expect({ stdout, stderr, exit }).toEqual({ stdout: '{"look":1}\n', stderr: 'Error: Terminated.\n', exit: 143 });
  });

  it('by a reader that went away is a quiet end', async () => {
    const interruption = new Interruption();
    const commands = command(() => {
      interruption.outputClosed();
      return new Promise(() => {});
    });
    expect(await run(['try', 'it'], { commands, interruption })).toEqual({ stdout: '', stderr: '', exit: 0 });
  });

  it('by Ctrl-C in a prompt is 130 as well, with the way to go on', async () => {
    const interruption = new Interruption();
    interruption.resumeWith('storectl init');
    const commands = command(async () => {
      throw Object.assign(new Error('User force closed the prompt'), { name: 'ExitPromptError' });
    });
    expect(await run(['try', 'it'], { commands, interruption })).toEqual({
      stdout: '',
      stderr: 'Error: Interrupted.\n  Go on with: storectl init\n',
      exit: 130,
    });
  });
});
