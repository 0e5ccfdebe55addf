import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storeSuite } from '../../testing/store-suite.ts';
import { memoryStore } from '../memory-store.ts';
import { world } from '../source.sample.ts';
import type { StoreMethods, TokenStore } from '../token-store.ts';
import { tokenStore } from './token-store.ts';

/** A store as users write it: its methods are of its class, and need it. */
class OwnStore implements StoreMethods {
  readonly #inner = memoryStore();

  read(key: string): ReturnType<StoreMethods['read']> {
    return this.#inner.read(key);
  }

  write(...given: Parameters<StoreMethods['write']>): ReturnType<StoreMethods['write']> {
    return this.#inner.write(...given);
  }

  remove(...given: Parameters<StoreMethods['remove']>): ReturnType<StoreMethods['remove']> {
    return this.#inner.remove(...given);
  }

  list(prefix: string): ReturnType<StoreMethods['list']> {
    return this.#inner.list(prefix);
  }

  watch(key: string, changed: () => void): () => void {
    return this.#inner.watch?.(key, changed) ?? (() => {});
  }
}

const open = () => {
  const store = tokenStore(new OwnStore());
  return { store, another: store };
};
for (const { name, run } of storeSuite(open)) test(`a store of one's own: ${name}`, run);

test("sources share a store of one's own, and hear of each other", async () => {
  const { source, another, server } = world({ store: tokenStore(new OwnStore()) });
  const { token } = await source.getToken();
  assert.equal((await another().getToken()).token, token);
  assert.deepEqual(server.calls, ['acquire']);
  await another().logout({ revoke: false });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(source.peek(), undefined);
});

test('whoever wraps a store need not know of sharing: the wrapper is what is read and written', async () => {
  const inner = memoryStore();
  const written: string[] = [];
  const store: TokenStore = {
    ...inner,
    write(key, record, condition) {
      written.push(record.intent ? 'intent' : 'grant');
      return inner.write(key, record, condition);
    },
  };
  const { source } = world({ store });
  await source.getToken();
  await source.getToken({ forceRefresh: true });
  assert.deepEqual(written, ['grant', 'intent', 'grant']);
});
