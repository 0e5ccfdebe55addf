import { test } from 'node:test';
import { lockSuite } from '../testing/lock-suite.ts';
import { systemClock } from './clock.ts';
import { processLock } from './process-lock.ts';

const open = () => {
  const lock = processLock(systemClock());
  return { lock, another: lock };
};
for (const { name, run } of lockSuite(open)) test(`process: ${name}`, run);
