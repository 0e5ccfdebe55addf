/** Records in this process alone, for token sources that share them. One that shares nothing needs no store. */

import { tokenStore } from './sharing/token-store.ts';
import type { TokenRecord, TokenStore } from './token-store.ts';

export function memoryStore(): TokenStore {
  const records = new Map<string, TokenRecord>();
  const watchers = new Set<{ readonly key: string; readonly changed: () => void }>();
  const tell = (key: string): void => {
    for (const watcher of watchers) if (watcher.key === key) watcher.changed();
  };
  return tokenStore({
    read: async (key) => structuredClone(records.get(key)),
    async write(key, record, { ifGeneration }) {
      if (records.get(key)?.generation !== ifGeneration) return 'conflict';
      records.set(key, structuredClone(record));
      tell(key);
      return 'ok';
    },
    async remove(key, condition) {
      if (condition && records.get(key)?.generation !== condition.ifGeneration) return 'conflict';
      if (records.delete(key)) tell(key);
      return 'ok';
    },
    list: async (prefix) => [...records.keys()].filter((key) => key.startsWith(prefix)),
    watch(key, changed) {
      const watcher = { key, changed };
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  });
}
