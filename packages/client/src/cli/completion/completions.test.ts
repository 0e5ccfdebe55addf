import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Argument, Command, Option } from 'commander';
import { completionsFor } from './completions.ts';

const program = new Command('sample');
program
  .command('token')
  .description('prints a token\nand more')
  .argument('<profile>')
  .addOption(new Option('-f, --format <format>', 'how it is printed').choices(['raw', 'json']))
  .option('--min-validity <duration>', 'lives so long')
  .option('--scope <scope...>', 'for what')
  .option('--out <file>', 'where to')
  .option('--json', 'one line of JSON')
  .addOption(new Option('--secret-door').hideHelp());
program.command('exec').argument('<profile>').argument('<command...>');
const agent = program.command('agent').alias('serve').description('answers others');
agent.command('start', { isDefault: true }).argument('[profiles...]').option('--socket [path]', 'where');
agent.command('stop');
program.command('words', { hidden: true });
program.command('shell').addArgument(new Argument('<name>').choices(['bash', 'zsh']));

const profiles = async () => [
  { value: 'logs', description: 'sls' },
  { value: 'drive', description: 'pds' },
];

/** The words as they stand on the command line, the last being the one at the cursor. */
async function at(...words: string[]) {
  const { candidates, also } = await completionsFor(program, words.slice(0, -1), words.at(-1) ?? '', { profiles });
  return [candidates.map(({ value }) => value), also];
}

describe('completions', () => {
  it('offer commands that are not hidden, by their first line', async () => {
    assert.deepEqual(await at(''), [['token', 'exec', 'agent', 'shell', 'help'], 'nothing']);
    const { candidates } = await completionsFor(program, [], 'to', { profiles });
    assert.deepEqual(candidates, [{ value: 'token', description: 'prints a token' }]);
    assert.deepEqual(await at('agent', ''), [['start', 'stop', 'help', 'logs', 'drive'], 'nothing']);
    assert.deepEqual(await at('serve', 'sto'), [['stop'], 'nothing']);
  });

  it('offer profiles where an argument is one, and as often as it may come', async () => {
    assert.deepEqual(await at('token', ''), [['logs', 'drive'], 'nothing']);
    assert.deepEqual(await at('token', 'l'), [['logs'], 'nothing']);
    assert.deepEqual(await at('token', 'logs', ''), [[], 'nothing']);
    assert.deepEqual(await at('agent', 'start', 'logs', 'd'), [['drive'], 'nothing']);
    assert.deepEqual(await at('agent', 'logs', 'd'), [['drive'], 'nothing']);
  });

  it('ask for profiles only where they are wanted', async () => {
    const unwanted = { profiles: () => assert.fail('asked for profiles') };
    await completionsFor(program, [], 'to', unwanted);
    await completionsFor(program, ['token'], '--', unwanted);
  });

  it('offer options that are not given yet, and those of a default verb', async () => {
    assert.deepEqual(await at('token', '--'), [
      ['--format', '--min-validity', '--scope', '--out', '--json', '--help'],
      'nothing',
    ]);
    assert.deepEqual(await at('token', '--json', '-f', 'raw', '--scope', 'a', '--'), [
      ['--min-validity', '--scope', '--out', '--help'],
      'nothing',
    ]);
    assert.deepEqual(await at('agent', '--'), [['--help', '--socket'], 'nothing']);
  });

  it('offer the values of an option, behind a space and behind =', async () => {
    assert.deepEqual(await at('token', '--format', ''), [['raw', 'json'], 'nothing']);
    assert.deepEqual(await at('token', '-f', 'j'), [['json'], 'nothing']);
    assert.deepEqual(await at('token', '--format=r'), [['--format=raw'], 'nothing']);
    assert.deepEqual(await at('token', '--min-validity', ''), [[], 'nothing']);
    assert.deepEqual(await at('token', '--unknown=r'), [[], 'nothing']);
    assert.deepEqual(await at('shell', ''), [['bash', 'zsh'], 'nothing']);
  });

  it('leave files and commands to the shell', async () => {
    assert.deepEqual(await at('token', '--out', ''), [[], 'files']);
    assert.deepEqual(await at('exec', 'logs', '--', ''), [[], 'commands']);
    assert.deepEqual(await at('exec', 'logs', '--', 'curl', '-'), [[], 'commands']);
  });

  it('know what an option has taken from what is an argument', async () => {
    assert.deepEqual(await at('token', '--min-validity', '5m', ''), [['logs', 'drive'], 'nothing']);
    assert.deepEqual(await at('token', '--format=raw', ''), [['logs', 'drive'], 'nothing']);
    assert.deepEqual(await at('agent', '--socket', '--', ''), [['logs', 'drive'], 'nothing']);
    assert.deepEqual(await at('agent', 'start', '--socket', ''), [[], 'files']);
  });
});
