/** The store of this process alone, by the name that every store has, and what falls back to it: `@hufu/client/stores/memory`. */

export { memoryStore } from '../core/memory-store.ts';
export { type OrMemoryOptions, orMemory } from './or-memory.ts';
