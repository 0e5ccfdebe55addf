/**
 * A store for pages that may be anywhere: in a frame of another site, in a sandbox, in a browser that keeps nothing. Where the
 * storage is forbidden for good, nobody else can have it either, so that memory is as right as it would have been.
 */

import { isTokenError } from '../core/errors.ts';
import { memoryStore } from '../core/memory-store.ts';
import { tokenStore } from '../core/sharing/token-store.ts';
import type { TokenStore } from '../core/types.ts';

export interface OrMemoryOptions {
  /** The storage is forbidden, and tokens end with this page. Told once, with the store's error. */
  readonly onForbidden?: ((error: unknown) => void) | undefined;
}

/**
 * Decided by the first use. A store that fails later, or in a way that may pass, fails: others may share its records.
 *
 * @example createTokenSource({ provider, store: orMemory(idbStore()), lock: webLock() })
 */
export function orMemory(store: TokenStore, { onForbidden }: OrMemoryOptions = {}): TokenStore {
  const memory = memoryStore();
  let chosen: Promise<TokenStore> | undefined;

  async function choose(key: string): Promise<TokenStore> {
    try {
      await store.read(key);
      return store;
    } catch (error) {
      if (!isForbidden(error)) throw error;
      onForbidden?.(error);
      return memory;
    }
  }
  async function use(key: string): Promise<TokenStore> {
    chosen ??= choose(key);
    try {
      return await chosen;
    } catch (error) {
      chosen = undefined;
      throw error;
    }
  }

  return tokenStore({
    read: async (key) => (await use(key)).read(key),
    write: async (key, record, condition) => (await use(key)).write(key, record, condition),
    remove: async (key, condition) => (await use(key)).remove(key, condition),
    list: async (prefix) => (await use(prefix)).list(prefix),
    watch(key, changed) {
      const ends = [store, memory].map((one) => one.watch?.(key, changed));
      return () => {
        for (const end of ends) end?.();
      };
    },
  });
}

/** Surroundings that can never work, or the word of browsers for storage that a page may not have. */
const isForbidden = (error: unknown): boolean =>
  isTokenError(error, 'config') || nameOfCause(error) === 'SecurityError';

const nameOfCause = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? error.cause.name : undefined;
