import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryStore } from '../core/memory-store.ts';
import { refusedWith, world } from '../core/source.sample.ts';
import { storeSuite } from '../testing/store-suite.ts';
import { aesCodec } from './aes-codec.ts';
import { sealedStore } from './sealed.ts';

const key = (fill: number): Uint8Array<ArrayBuffer> => new Uint8Array(32).fill(fill);
const record = {
  v: 1,
  generation: 7,
  skewMs: 3,
  writer: 'w',
  grant: { token: { token: 'a-secret-access-token' } },
} as const;

const open = () => {
  const inner = memoryStore();
  return {
    store: sealedStore(inner, aesCodec(key(1))),
    another: sealedStore(
      inner,
      aesCodec(async () => key(1)),
    ),
  };
};
for (const { name, run } of storeSuite(open)) test(`sealed: ${name}`, run);

test('nothing of a grant can be read without the key', async () => {
  const inner = memoryStore();
  const store = sealedStore(inner, aesCodec(key(1)));
  await store.write('a', record, { ifGeneration: undefined });
  const kept = await inner.read('a');
  assert.deepEqual(Object.keys(kept ?? {}).sort(), ['generation', 'sealed', 'skewMs', 'v', 'writer']);
  assert.doesNotMatch(JSON.stringify(kept), /secret/);
  assert.deepEqual(await store.read('a'), record);
  await assert.rejects(sealedStore(inner, aesCodec(key(2))).read('a'), refusedWith('decrypt_failed'));
});

test('a sealed record can stand in no other place, at no other generation, and not be changed', async () => {
  const inner = memoryStore();
  const store = sealedStore(inner, aesCodec(key(1)));
  await store.write('a', record, { ifGeneration: undefined });
  const kept = await inner.read('a');
  assert.ok(kept?.sealed);
  const changed = `${kept.sealed.startsWith('A') ? 'B' : 'A'}${kept.sealed.slice(1)}`;
  for (const [at, other] of [
    ['b', kept],
    ['c', { ...kept, generation: 8 }],
    ['d', { ...kept, sealed: changed }],
    ['e', { ...kept, sealed: '%' }],
  ] as const) {
    await inner.write(at, other, { ifGeneration: undefined });
    await assert.rejects(store.read(at), refusedWith('decrypt_failed'));
  }
});

test('a record from before is read, and sealed with the next write', async () => {
  const inner = memoryStore();
  await inner.write('a', record, { ifGeneration: undefined });
  const store = sealedStore(inner, aesCodec(key(1)));
  assert.deepEqual(await store.read('a'), record);
  await store.write('a', { ...record, generation: 8 }, { ifGeneration: 7 });
  assert.ok((await inner.read('a'))?.sealed);
});

test('a logout removes what cannot be opened, and a login works again', async () => {
  const inner = memoryStore();
  const { source } = world({ store: sealedStore(inner, aesCodec(key(1))) });
  await source.getToken();
  const other = world({ store: sealedStore(inner, aesCodec(key(2))) });
  await assert.rejects(other.source.getToken(), refusedWith('decrypt_failed'));
  await other.source.logout();
  assert.equal((await other.source.getToken()).token, 'access-token-number-1');
});

test('a key of another length is refused', async () => {
  const codec = aesCodec(new Uint8Array(31));
  await assert.rejects(codec.seal(new Uint8Array(1), ''), refusedWith('config'));
});
