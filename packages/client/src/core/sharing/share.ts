/** The keeper for a store that others write, too: what a token source that is alone has no need of. */

import type { Engine } from '../engine.ts';
import { refuse } from '../given.ts';
import type { Keeper } from '../keeper.ts';
import type { Lock } from '../lock.ts';
import { isAhead } from '../need.ts';
import type { Grant } from '../provider.ts';
import { successor } from '../record.ts';
import type { TokenStore } from '../token-store.ts';
import { persist } from './persist.ts';
import { Stored, standing } from './stored.ts';
import { Turn } from './turn.ts';
import { Watch } from './watch.ts';

const mostTries = 10;

/** Throws `TokenError` with `config` for times that would have processes fail each other. */
export function share(engine: Engine, store: TokenStore, lock: Lock | undefined): Keeper {
  const { httpTimeoutMs, lockWaitMs, leaseMs } = engine.policy;
  if (!(httpTimeoutMs < lockWaitMs && lockWaitMs < leaseMs)) {
    refuse('policy: httpTimeoutMs < lockWaitMs < leaseMs must hold');
  }
  const stored = new Stored(engine, store);
  const watch = new Watch(stored);
  const turn = new Turn(stored, lock, watch);
  return {
    read: () => stored.read(),
    watch: () => watch.begin(),
    turn: (run, work) => turn.take(run, work),
    end: () => turn.end(),
    persist: (run, result) => persist(stored, run, result),
    jot: (record, before) => stored.put(record, before).catch(() => stored.keep(record, before)),
    async ready() {
      await stored.read();
      const { held, record } = engine;
      if (!held && record?.grant) watch.takeUp(record, record.grant);
    },
    async note(record, before, need) {
      try {
        return await stored.put(record, before);
      } catch (thrown) {
        const error = engine.failure(thrown);
        // What cannot be noted can hardly be kept afterwards. Nothing was spent so far, and it is not worth it ahead of time.
        if (engine.policy.onPersistFailure === 'throw' || isAhead(need)) throw error;
        engine.tell('persist.fail', { generation: record.generation, error });
        stored.keep(record, before);
        return true;
      }
    },
    async replace(change) {
      for (let tries = 1; tries <= mostTries; tries += 1) {
        await stored.read();
        const before = engine.record;
        const record = successor(engine, before, change);
        if (await stored.put(record, before)) return record;
      }
      throw engine.error('store_conflict', 'the record changes all the time');
    },
    remove: () => removed(stored),
  };
}

/** Removes exactly what was read, so that its grant can be revoked; returns that. */
async function removed(stored: Stored): Promise<Grant | undefined> {
  const unpersisted = stored.forget();
  for (let tries = 1; tries <= mostTries; tries += 1) {
    // A record that cannot be read, or not be opened, has to go all the same.
    const record = await stored.look().catch(() => undefined);
    if (!record) break;
    if (await stored.erase(record.generation)) return standing(unpersisted, record)?.grant;
  }
  await stored.erase(undefined);
  return unpersisted?.record.grant;
}
