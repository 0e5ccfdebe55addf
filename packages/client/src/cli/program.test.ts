import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import { createProgram } from './program.ts';
import { run } from './run.sample.ts';

const bin = fileURLToPath(new URL('../../bin/hufu-client.js', import.meta.url));
const execute = promisify(execFile);

describe('the hufu-client program', () => {
  function leaves(command: Command, path: readonly string[] = []): [readonly string[], Command][] {
    if (command.commands.length === 0) return [[path, command]];
    return command.commands.flatMap((child) => leaves(child, [...path, child.name()]));
  }

  const program = createProgram({
    program: 'hufu-client',
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    env: {},
    isTTY: false,
    exitCode: 0,
    untilStopped: () => Promise.resolve(''),
  });

  it('has the commands that are promised', () => {
    const names = leaves(program).map(([path]) => path.join(' '));
    const verbs = ['add', 'set', 'show', 'list', 'remove', 'path'].map((verb) => `profile ${verb}`);
    const pages = ['query', 'saved-search', 'dashboard'].map((page) => `link ${page}`);
    const shells = ['bash', 'zsh', 'fish', 'powershell'].map((shell) => `completion ${shell}`);
    const others = ['exec', 'agent', 'doctor', 'git-credential', ...pages, ...shells];
    for (const promised of ['login', 'token', 'status', 'list', 'refresh', 'logout', ...verbs, ...others]) {
      assert.ok(names.includes(promised), promised);
    }
  });

  it('takes the names that the server has for its own in hufu', async () => {
    assert.match((await run(['config', 'add', '--help'])).stdout, /^Usage: hufu-client profile add /);
    assert.match((await run(['serve', '--help'])).stdout, /^Usage: hufu-client agent\|serve /);
  });

  it('gives every command --json, a description, and help that exits with 0', async () => {
    for (const [path, command] of leaves(program)) {
      assert.notEqual(command.description(), '', path.join(' '));
      const { exitCode, stdout, stderr } = await run([...path, '--help']);
      assert.deepEqual([exitCode, stderr], [0, ''], path.join(' '));
      assert.match(stdout, /^Usage: hufu-client /);
    }
    for (const [path, command] of leaves(program)) {
      assert.ok(
        command.options.some(({ long }) => long === '--json'),
        path.join(' '),
      );
    }
  });
});

describe('the hufu-client executable', () => {
  it('runs, and ends with the exit code of its command', async () => {
    assert.match((await execute(process.execPath, [bin, '--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
    await assert.rejects(execute(process.execPath, [bin, 'nothing']), {
      code: 2,
      stdout: '',
      stderr: "hufu-client: unknown command 'nothing'\n",
    });
  });

  it('tells an old Node what is missing', async () => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.18.9' } });`;
    const args = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, bin, '--version'];
    await assert.rejects(execute(process.execPath, args), {
      code: 2,
      stdout: '',
      stderr: /^hufu-client: needs Node 20\.19 or later, and this is Node 20\.18\.9\./,
    });
  });
});
