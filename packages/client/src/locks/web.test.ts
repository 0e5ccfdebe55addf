import assert from 'node:assert/strict';
import { test } from 'node:test';
import { world } from '../core/source.sample.ts';
import { lockSuite } from '../testing/lock-suite.ts';
import { type WebLockManager, webLock } from './web.ts';

/** Web Locks as the standard has them: a queue for each name, and a request that waits can be aborted. */
function manager(): WebLockManager {
  const tails = new Map<string, Promise<unknown>>();
  return {
    async request(name, { signal }, work) {
      const before = tails.get(name) ?? Promise.resolve();
      let end = (): void => {};
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      tails.set(
        name,
        before.then(() => ended),
      );
      try {
        await new Promise<void>((granted, refused) => {
          const abort = (): void => refused(signal.reason);
          if (signal.aborted) return abort();
          signal.addEventListener('abort', abort, { once: true });
          before.then(() => granted());
        });
        return await work({});
      } finally {
        end();
      }
    },
  };
}

const open = () => {
  const locks = manager();
  return { lock: webLock({ locks }), another: webLock({ locks }) };
};
for (const { name, run } of lockSuite(open)) test(`web: ${name}`, run);

test('where there are no Web Locks, or they throw, a token source goes on without', async () => {
  const forbidden: WebLockManager = {
    request: () => Promise.reject(new DOMException('The operation is insecure.', 'SecurityError')),
  };
  const { source, events } = world({ lock: webLock({ locks: forbidden }) });
  assert.equal((await source.getToken()).token, 'access-token-number-1');
  await new Promise((resolve) => setImmediate(resolve));
  const told = events.flatMap((event) => (event.type === 'lock.unavailable' ? [event.message] : []));
  assert.deepEqual(told, ['The operation is insecure.']);
});
