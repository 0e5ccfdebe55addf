import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { isTokenError } from '../../core/errors.ts';
import { memoryStore } from '../../core/memory-store.ts';
import type { Reference } from './profile.ts';
import { resolveReference } from './resolve.ts';
import { storedSecrets } from './stored-secrets.ts';

const env = { PATH: process.env.PATH, SECRET: 'hunter2', EMPTY: '' };
const stored = storedSecrets(memoryStore(), 'mine', () => 1_000);
const find = (reference: Reference): Promise<string> => resolveReference('clientSecret', reference, { env, stored });
const node = (script: string): Reference => ({ command: [process.execPath, '-e', script] });

const refused = async (reference: Reference, code: string): Promise<string> => {
  const error = await find(reference).catch((thrown: unknown) => thrown);
  if (!isTokenError(error)) throw new Error('it was found');
  assert.equal(error.code, code);
  assert.ok(!`${error.message} ${error.stack} ${String(error.cause)}`.includes('hunter2'));
  return error.message;
};

describe('a value is found', () => {
  it('in a variable', async () => assert.equal(await find({ env: 'SECRET' }), 'hunter2'));

  it('in a file, without the line end of its editor', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'hufu-secret-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'secret');
    for (const [text, value] of [
      ['hunter2\n', 'hunter2'],
      ['hunter2\r\n', 'hunter2'],
      [' hunter2 ', ' hunter2 '],
      ['one\ntwo\n\n', 'one\ntwo\n'],
    ] as const) {
      writeFileSync(file, text);
      assert.equal(await find({ file }), value);
    }
  });

  it('in what a program prints, which gets no shell and no input', async () => {
    assert.equal(
      await find(node(`process.stdin.on('end', () => console.log(process.env.SECRET)).resume()`)),
      'hunter2',
    );
    const { argv0 } = process;
    assert.equal(await find({ command: [argv0, '-p', 'process.argv[1]', '$(whoami); `id`'] }), '$(whoami); `id`');
  });

  it('where a login put it, until it is removed', async () => {
    assert.match(
      await refused({ stored: true }, 'interaction_required'),
      /^clientSecret: it is not stored yet: log in$/,
    );
    await stored.write('clientSecret', 'first');
    await stored.write('clientSecret', 'second');
    assert.equal(await find({ stored: true }), 'second');
    await stored.remove();
    await refused({ stored: true }, 'interaction_required');
  });
});

describe('a value that is not there is named, and nothing else is told', () => {
  it('a variable', async () => {
    assert.equal(await refused({ env: 'NONE' }, 'config'), 'clientSecret: the variable NONE is not set');
    assert.match(await refused({ env: 'EMPTY' }, 'config'), /^clientSecret: nothing stands where/);
  });

  it('a file', async () => {
    assert.equal(
      await refused({ file: '/nowhere/secret' }, 'config'),
      'clientSecret: /nowhere/secret cannot be read (ENOENT)',
    );
  });

  it('a program that fails, whatever it printed', async () => {
    const message = await refused(node(`console.log('hunter2'); process.exit(3)`), 'config');
    assert.equal(message, `clientSecret: ${process.execPath} ended with 3`);
    assert.match(await refused({ command: ['no-such-program-here'] }, 'config'), /ended with ENOENT$/);
    assert.match(await refused(node(`console.log('hunter2'.repeat(20_000))`), 'config'), /ended with/);
  });
});
