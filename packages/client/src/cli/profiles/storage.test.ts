import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { TokenRecord } from '../../core/token-store.ts';
import { openStorage, storageNotice } from './storage.ts';

function home(t: TestContext): { readonly HUFU_DATA_HOME: string } {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-storage-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return { HUFU_DATA_HOME: folder };
}

const key = Buffer.alloc(32, 7).toString('base64');
const record: TokenRecord = { v: 1, generation: 1, skewMs: 0, writer: 'a', grant: { token: { token: 'hunter2' } } };

/** Everything that stands below a folder, as one text. */
const textIn = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');

describe('the storage of a profile', () => {
  it('sealed shows nothing on disk, and opens under its key only', async (t) => {
    const env = { ...home(t), HUFU_STORAGE_KEY: key };
    const { store, name } = await openStorage('sealed', env);
    assert.equal(name, 'sealed');
    await store.write('key', record, { ifGeneration: undefined });
    assert.ok(!textIn(env.HUFU_DATA_HOME).includes('hunter2'));
    assert.deepEqual((await store.read('key'))?.grant, record.grant);
    const other = await openStorage('sealed', { ...env, HUFU_STORAGE_KEY: Buffer.alloc(32, 8).toString('base64') });
    await assert.rejects(other.store.read('key'), { code: 'decrypt_failed' });
  });

  it('sealed wants a whole key, and does not repeat what it was given', async (t) => {
    for (const text of ['', 'c2hvcnQ=', Buffer.alloc(33).toString('base64')]) {
      await assert.rejects(openStorage('sealed', { ...home(t), HUFU_STORAGE_KEY: text }), (error: unknown) => {
        assert.match(String(error), /storage sealed: HUFU_STORAGE_KEY/);
        return text === '' || !String(error).includes(text);
      });
    }
  });

  it('file is readable, and says so', async (t) => {
    const env = home(t);
    const storage = await openStorage('file', env);
    await storage.store.write('key', record, { ifGeneration: undefined });
    assert.ok(textIn(env.HUFU_DATA_HOME).includes('hunter2'));
    assert.match(storageNotice(storage) ?? '', /^tokens are kept unsealed in .*\/tokens, for this user alone/);
  });

  it('memory leaves nothing', async (t) => {
    const env = home(t);
    const storage = await openStorage('memory', env);
    await storage.store.write('key', record, { ifGeneration: undefined });
    assert.deepEqual(readdirSync(env.HUFU_DATA_HOME), []);
    assert.equal(storageNotice(storage), undefined);
  });

  it('auto is what the environment says, before anything is looked for', async (t) => {
    const env = home(t);
    assert.equal((await openStorage('auto', { ...env, HUFU_STORAGE: 'memory' })).name, 'memory');
    assert.equal((await openStorage('auto', { ...env, HUFU_STORAGE: 'sealed', HUFU_STORAGE_KEY: key })).name, 'sealed');
    await assert.rejects(
      openStorage('auto', { ...env, HUFU_STORAGE: 'cloud' }),
      /HUFU_STORAGE: allowed: auto, keychain/,
    );
  });

  it('a profile that names one keeps to it, whatever the environment says', async (t) => {
    assert.equal((await openStorage('file', { ...home(t), HUFU_STORAGE: 'memory' })).name, 'file');
  });
});
