import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import { TokenError } from '../core/errors.ts';
import { refusedWith, world } from '../core/source.sample.ts';
import { storeSuite } from '../testing/store-suite.ts';
import { idbStore } from './idb.ts';
import { memoryStore, orMemory } from './memory.ts';
import { type WebStorage, webStore } from './web.ts';

for (const sealed of [false, true]) {
  const open = () => {
    const indexedDB = new IDBFactory();
    return { store: idbStore({ indexedDB, sealed }), another: idbStore({ indexedDB, sealed }) };
  };
  for (const { name, run } of storeSuite(open)) test(`indexed db${sealed ? ', sealed' : ''}: ${name}`, run);
}

/** Storage as browsers have it, over a map. */
function storageOf(items = new Map<string, string>()): WebStorage {
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => {
      items.set(name, value);
    },
    removeItem: (name) => {
      items.delete(name);
    },
  };
}

const open = () => {
  const storage = storageOf();
  return { store: webStore({ storage, locks: null }), another: webStore({ storage, locks: null }) };
};
for (const { name, run } of storeSuite(open)) test(`web: ${name}`, run);

const record = {
  v: 1,
  generation: 1,
  skewMs: 0,
  writer: 'w',
  grant: { token: { token: 'a-secret-access-token' } },
} as const;

test('what is sealed in IndexedDB shows nothing of a grant, and its key cannot be taken out', async () => {
  const indexedDB = new IDBFactory();
  await idbStore({ indexedDB, sealed: true }).write('a', record, { ifGeneration: undefined });
  const kept = await idbStore({ indexedDB }).read('a');
  assert.ok(kept?.sealed);
  assert.doesNotMatch(JSON.stringify(kept), /secret/);
});

test('a logout in one tab is seen in the others, and the words between tabs hold no token', async () => {
  const indexedDB = new IDBFactory();
  const storage = storageOf();
  const kinds = {
    'hufu:hufu': () => idbStore({ indexedDB }),
    'hufu:': () => webStore({ storage, locks: null }),
  };
  for (const [channel, store] of Object.entries(kinds)) {
    const spy = new BroadcastChannel(channel);
    const word = new Promise<unknown>((resolve) => {
      spy.onmessage = (event: MessageEvent) => resolve(event.data);
    });
    const [here, there] = [world({ store: store() }), world({ store: store() })];
    const seen = new Promise<string>((resolve) => there.source.on('logout', ({ by }) => resolve(by)));
    await here.source.getToken();
    await there.source.getToken();
    assert.deepEqual(there.server.calls, []);
    await here.source.logout();
    assert.equal(await seen, 'others');
    assert.equal(there.source.peek(), undefined);
    assert.equal(await word, 'sample:alice');
    spy.close();
    await Promise.all([here.source.close(), there.source.close()]);
  }
});

test('a storage that is forbidden or full is an error of the store, and a provider that spends nothing works all the same', async () => {
  const forbidden = (): never => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  const store = webStore({ storage: { ...storageOf(), getItem: forbidden, setItem: forbidden }, locks: null });
  await assert.rejects(store.read('a'), refusedWith('store_read'));
  const { source } = world({ store, traits: { rotates: 'no' } });
  assert.equal((await source.getToken()).persisted, false);
});

test('where there is no IndexedDB, the store says so', async () => {
  await assert.rejects(idbStore().read('a'), refusedWith('config'));
});

test('where storage is forbidden for good, memory takes its place, and one that fails for now or later does not', async () => {
  const told: unknown[] = [];
  const opened = (failure: () => Error | undefined) => {
    const inner = memoryStore();
    const read = async (key: string) => {
      const error = failure();
      if (error) throw error;
      return inner.read(key);
    };
    return orMemory({ ...inner, read }, { onForbidden: (error) => told.push(error) });
  };
  const insecure = new DOMException('The operation is insecure.', 'SecurityError');
  const forbidden = new TokenError({ code: 'store_read', message: 'no', cause: insecure });
  const impossible = new TokenError({ code: 'config', message: 'there is no IndexedDB here' });
  for (const error of [forbidden, impossible]) {
    const store = opened(() => error);
    assert.equal(await store.read('a'), undefined);
    assert.equal(await store.write('a', record, { ifGeneration: undefined }), 'ok');
    assert.deepEqual(await store.read('a'), record);
    assert.deepEqual(await store.list(''), ['a']);
  }
  assert.deepEqual(told, [forbidden, impossible]);

  let failure: Error | undefined = new TokenError({ code: 'store_read', message: 'busy', retryable: true });
  const store = opened(() => failure);
  await assert.rejects(store.read('a'), refusedWith('store_read'));
  failure = undefined;
  assert.equal(await store.read('a'), undefined);
  failure = forbidden;
  await assert.rejects(store.read('a'), refusedWith('store_read'));
  assert.equal(told.length, 2);
});

for (const { name, run } of storeSuite(() => {
  const inner = memoryStore();
  return { store: orMemory(inner), another: orMemory(inner) };
})) {
  test(`or memory: ${name}`, run);
}

test('where no news may be told to other tabs, a store works without', async (context) => {
  context.mock.property(globalThis, 'BroadcastChannel', function forbidden() {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  } as unknown as typeof BroadcastChannel);
  const { source, store } = world({ store: idbStore({ indexedDB: new IDBFactory() }) });
  await source.getToken();
  assert.ok(await store.read('sample:alice'));
});
