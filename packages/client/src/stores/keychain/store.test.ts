import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { refusedWith } from '../../core/source.sample.ts';
import { storeSuite } from '../../testing/store-suite.ts';
import { type KeychainEntry, keychainStore, keychainWorks } from './index.ts';

/** A keychain in memory: the operating system's needs a desktop session. */
function keychain(secret?: Uint8Array): KeychainEntry & { readonly writes: number } {
  let kept = secret;
  let writes = 0;
  return {
    get writes() {
      return writes;
    },
    read: async () => kept,
    async write(next) {
      writes += 1;
      kept = next;
    },
  };
}

const emptyFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'hufu-keychain-'));

const open = async () => {
  const folder = await emptyFolder();
  const entry = keychain();
  const options = { folder: join(folder, 'sealed'), entry };
  return {
    store: keychainStore(options),
    another: keychainStore(options),
    close: () => rm(folder, { recursive: true }),
  };
};
for (const { name, run } of storeSuite(open)) test(`keychain: ${name}`, run);

test('one key is made, however many come at once, and no token is readable on disk', async (t) => {
  const folder = await emptyFolder();
  t.after(() => rm(folder, { recursive: true }));
  const entry = keychain();
  const grant = { token: { token: 'a-secret-access-token' } };
  const write = (n: number) =>
    keychainStore({ folder, entry }).write(
      `key-${n}`,
      { v: 1, generation: 1, skewMs: 0, writer: 'w', grant },
      { ifGeneration: undefined },
    );
  assert.deepEqual(await Promise.all([0, 1, 2, 3].map(write)), ['ok', 'ok', 'ok', 'ok']);
  assert.equal(entry.writes, 1);
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const file of files.filter((one) => one.isFile())) {
    assert.doesNotMatch(await readFile(join(file.parentPath, file.name), 'utf8'), /a-secret/);
  }
});

test('an entry that is no key of ours is not overwritten, and a lost key is not silently replaced in what it sealed', async (t) => {
  const folder = await emptyFolder();
  t.after(() => rm(folder, { recursive: true }));
  const foreign = keychain(new Uint8Array(5));
  const record = { v: 1, generation: 1, skewMs: 0, writer: 'w' } as const;
  await assert.rejects(
    keychainStore({ folder, entry: foreign }).write('a', record, { ifGeneration: undefined }),
    refusedWith('config'),
  );
  assert.equal(foreign.writes, 0);
  await keychainStore({ folder, entry: keychain() }).write('a', record, { ifGeneration: undefined });
  await assert.rejects(keychainStore({ folder, entry: keychain() }).read('a'), refusedWith('decrypt_failed'));
});

test('a keychain works where it answers, whatever it holds, and nothing is written to find out', async () => {
  const entry = keychain();
  assert.equal(await keychainWorks(entry), true);
  assert.equal(entry.writes, 0);
  const locked = { ...entry, read: () => Promise.reject(new Error('the user said no')) };
  assert.equal(await keychainWorks(locked), false);
});
