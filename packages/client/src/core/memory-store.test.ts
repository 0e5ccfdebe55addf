import { test } from 'node:test';
import { storeSuite } from '../testing/store-suite.ts';
import { memoryStore } from './memory-store.ts';

const open = () => {
  const store = memoryStore();
  return { store, another: store };
};
for (const { name, run } of storeSuite(open)) test(`memory: ${name}`, run);
