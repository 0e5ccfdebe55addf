import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import { createProgram } from './program.ts';
import { run } from './run.sample.ts';
import { sampleFolder, sampleMasterKey } from './server.sample.ts';

const bin = fileURLToPath(new URL('../../bin/hufu.js', import.meta.url));
const execute = promisify(execFile);

describe('the hufu program', () => {
  /** Every command that does something, with its path. */
  function leaves(command: Command, path: readonly string[] = []): [readonly string[], Command][] {
    if (command.commands.length === 0) return [[path, command]];
    return command.commands.flatMap((child) => leaves(child, [...path, child.name()]));
  }

  const program = createProgram({
    program: 'hufu',
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    env: {},
    isTTY: false,
    exitCode: 0,
    openServer: () => Promise.reject(new Error('not opened here')),
    untilStopped: () => Promise.resolve(''),
  });

  it('has the commands that are promised', () => {
    const names = leaves(program).map(([path]) => path.join(' '));
    for (const promised of [
      ...['dev', 'serve', 'tour', 'config', 'doctor', 'migrate', 'backup', 'restore'],
      ...['accesskey', 'app', 'user', 'tenant', 'resource'].flatMap((noun) =>
        ['create', 'list', 'disable', 'enable'].map((verb) => `${noun} ${verb}`),
      ),
      ...['grant list', 'grant show', 'grant revoke', 'audit list', 'audit verify', 'keys list', 'keys rotate'],
      ...['app', 'user', 'resource'].flatMap((noun) => ['show', 'update', 'delete'].map((verb) => `${noun} ${verb}`)),
      ...['login', 'token', 'status', 'list', 'refresh', 'logout', 'profile add', 'profile list'],
      ...['user policy', 'user password', 'app secret', 'app key', 'session list', 'session end'],
    ]) {
      assert.ok(names.includes(promised), promised);
    }
  });

  it('gives every command --json, a description, and help that exits with 0', async () => {
    for (const [path, command] of leaves(program)) {
      assert.ok(
        command.options.some(({ long }) => long === '--json'),
        path.join(' '),
      );
      assert.notEqual(command.description(), '', path.join(' '));
      const { exitCode, stdout, stderr } = await run([...path, '--help']);
      assert.deepEqual([exitCode, stderr], [0, ''], path.join(' '));
      assert.match(stdout, /^Usage: hufu /);
    }
  });
});

describe('the hufu executable', () => {
  it('runs, and keeps standard error for what is wrong', async (t) => {
    const args = [bin, 'tenant', 'list', '--json', '--data', sampleFolder(t)];
    const env = { ...process.env, HUFU_DATA_MASTER_KEY: sampleMasterKey };
    const { stdout, stderr } = await execute(process.execPath, args, { env });
    assert.equal(stdout, '{"rows":[],"next":null}\n');
    assert.equal(stderr, '');
  });

  it('ends with the exit code of its command', async () => {
    await assert.rejects(execute(process.execPath, [bin, 'tenant', 'list', '--limit', 'x']), { code: 2 });
  });

  it('tells an old Node what is missing', async () => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } });`;
    const args = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, bin, '--version'];
    await assert.rejects(execute(process.execPath, args), {
      code: 2,
      stdout: '',
      stderr: /^hufu: needs Node 24 or later, and this is Node 20\.19\.0\./,
    });
  });
});
