/** Makes a store of anything that reads, and that writes under a condition. */

import type { StoreMethods, TokenStore } from '../token-store.ts';
import { share } from './share.ts';

/** @example const store = tokenStore({ read, write, remove, list }); createTokenSource({ provider, store }) */
export function tokenStore(methods: StoreMethods): TokenStore {
  const { watch } = methods;
  return {
    sharing: share,
    read: (key) => methods.read(key),
    write: (key, record, condition) => methods.write(key, record, condition),
    remove: (key, condition) => methods.remove(key, condition),
    list: (prefix) => methods.list(prefix),
    ...(watch && { watch: (key, changed) => watch.call(methods, key, changed) }),
  };
}
