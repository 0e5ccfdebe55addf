/** The store of this process alone, by the name that every store has: `@hufu/client/stores/memory`. */

export { memoryStore } from '../core/memory-store.ts';
