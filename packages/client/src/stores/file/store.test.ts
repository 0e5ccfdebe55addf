import assert from 'node:assert/strict';
import * as nodeFiles from 'node:fs/promises';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { refusedWith } from '../../core/source.sample.ts';
import type { TokenRecord } from '../../core/types.ts';
import { storeSuite } from '../../testing/store-suite.ts';
import { fileStore } from './index.ts';

const record: TokenRecord = { v: 1, generation: 1, skewMs: 0, writer: 'test' };

const homes: string[] = [];
after(() => Promise.all(homes.map((home) => rm(home, { recursive: true }))));

async function emptyFolder(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'hufu-store-'));
  homes.push(home);
  return join(home, 'tokens');
}

const open = async () => {
  const folder = await emptyFolder();
  return { store: fileStore({ folder }), another: fileStore({ folder }) };
};
for (const { name, run } of storeSuite(open)) test(`file: ${name}`, run);

async function pathsIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test('folders are for their user alone, and so is every file; one that is open to others is refused', async () => {
  const folder = await emptyFolder();
  const store = fileStore({ folder });
  await store.write('a', record, { ifGeneration: undefined });
  const [file] = await pathsIn(folder);
  assert.ok(file);
  const mode = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);
  assert.deepEqual([await mode(folder), await mode(join(file, '..')), await mode(file)], ['700', '700', '600']);
  await chmod(file, 0o640);
  await assert.rejects(fileStore({ folder }).read('a'), {
    code: 'store_read',
    message: /can be read by others: chmod 600/,
  });
  await chmod(file, 0o600);
  await chmod(folder, 0o755);
  await assert.rejects(fileStore({ folder }).write('b', record, { ifGeneration: undefined }), {
    code: 'store_write',
    message: /can be read by others: chmod 700/,
  });
});

test('one version of a record is left, and no key in the name of any file', async () => {
  const folder = await emptyFolder();
  const store = fileStore({ folder });
  for (let generation = 1; generation <= 5; generation += 1) {
    const ifGeneration = generation === 1 ? undefined : generation - 1;
    assert.equal(await store.write('pds:alice', { ...record, generation }, { ifGeneration }), 'ok');
  }
  const paths = await pathsIn(folder);
  assert.equal(paths.length, 1);
  assert.doesNotMatch(paths.join(), /alice/);
});

test('after a removal nothing of the grant is left on disk', async () => {
  const folder = await emptyFolder();
  const store = fileStore({ folder });
  const grant = { token: { token: 'a-secret-access-token' }, refreshToken: 'a-secret-refresh-token' };
  await store.write('a', { ...record, grant }, { ifGeneration: undefined });
  await store.remove('a');
  for (const path of await pathsIn(folder)) assert.doesNotMatch(await readFile(path, 'utf8'), /a-secret/);
});

test('a damaged file is an error that says what to do, never "there is nothing", and a logout removes it', async () => {
  const folder = await emptyFolder();
  const store = fileStore({ folder });
  await store.write('a', record, { ifGeneration: undefined });
  const [file] = await pathsIn(folder);
  assert.ok(file);
  for (const text of ['', '{"key":"a"', '{"key":"a","record":{}}', '[]']) {
    await writeFile(file, text);
    await assert.rejects(store.read('a'), refusedWith('store_read'));
    await assert.rejects(store.write('a', record, { ifGeneration: undefined }), refusedWith('store_read'));
  }
  assert.equal(await store.remove('a'), 'ok');
  assert.equal(await store.read('a'), undefined);
});

test('a writer that slept while others wrote cannot put its record in a gap below', async () => {
  const folder = await emptyFolder();
  const store = fileStore({ folder });
  await store.write('a', record, { ifGeneration: undefined });
  let overtake = async (): Promise<void> => {
    overtake = async () => {};
    await store.write('a', { ...record, generation: 2 }, { ifGeneration: 1 });
    await store.write('a', { ...record, generation: 3 }, { ifGeneration: 2 });
  };
  const slow = fileStore({
    folder,
    files: {
      ...nodeFiles,
      async link(from, to) {
        await overtake();
        await nodeFiles.link(from, to);
      },
    },
  });
  assert.equal(await slow.write('a', { ...record, generation: 2, writer: 'slow' }, { ifGeneration: 1 }), 'conflict');
  assert.equal((await store.read('a'))?.generation, 3);
  assert.equal((await pathsIn(folder)).length, 1);
});

test('what a writer left that died is passed over, and removed when it is old', async () => {
  const folder = await emptyFolder();
  const store = fileStore({ folder });
  await store.write('a', record, { ifGeneration: undefined });
  const [file] = await pathsIn(folder);
  assert.ok(file);
  const [young, old] = [join(file, '..', '.00aa.tmp'), join(file, '..', '.00bb.tmp')];
  for (const path of [young, old]) await writeFile(path, 'half a rec', { mode: 0o600 });
  await nodeFiles.utimes(old, 1, 1);
  assert.equal((await store.read('a'))?.generation, 1);
  await store.write('a', { ...record, generation: 2 }, { ifGeneration: 1 });
  const left = await pathsIn(folder);
  assert.deepEqual([left.includes(young), left.includes(old), left.length], [true, false, 2]);
});

test('a full disk is worth another attempt, a read-only one is not, and neither leaves anything behind', async () => {
  const folder = await emptyFolder();
  await fileStore({ folder }).write('a', record, { ifGeneration: undefined });
  for (const [code, retryable] of [
    ['ENOSPC', true],
    ['EROFS', false],
    ['ENOTSUP', false],
  ] as const) {
    const link = () => Promise.reject(Object.assign(new Error(code), { code }));
    const store = fileStore({ folder, files: { ...nodeFiles, link } });
    const next = { ...record, generation: 2 };
    await assert.rejects(store.write('a', next, { ifGeneration: 1 }), { code: 'store_write', retryable });
    assert.equal((await store.read('a'))?.generation, 1);
    assert.equal((await pathsIn(folder)).length, 1);
  }
});

test('others are told of a change', async () => {
  const folder = await emptyFolder();
  const store = fileStore({ folder });
  await store.write('a', record, { ifGeneration: undefined });
  let end = (): void => {};
  const told = new Promise<void>((resolve) => {
    end = fileStore({ folder }).watch?.('a', resolve) ?? end;
  });
  // The watch begins a moment later; whichever write comes after that is told.
  let generation = 1;
  const writing = setInterval(() => {
    generation += 1;
    void store.write('a', { ...record, generation }, { ifGeneration: generation - 1 });
  }, 50);
  await told;
  clearInterval(writing);
  end();
});
