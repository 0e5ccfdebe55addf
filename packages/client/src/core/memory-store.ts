/** Records in this process alone: the default, and the right store for what costs nothing to get again. */

import type { TokenRecord, TokenStore } from './token-store.ts';

export function memoryStore(): TokenStore {
  const records = new Map<string, TokenRecord>();
  const watchers = new Set<{ readonly key: string; readonly changed: () => void }>();
  const tell = (key: string): void => {
    for (const watcher of watchers) if (watcher.key === key) watcher.changed();
  };
  return {
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
  };
}
