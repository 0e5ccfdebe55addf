/** `wrk` where the machine has it, else `autocannon`, which every machine can install. */

import { spawnSync } from 'node:child_process';
import { autocannon } from './autocannon.ts';
import type { Load } from './load.ts';
import { wrk } from './wrk.ts';

export function chooseLoad(asked: string | undefined): Load {
  switch (asked) {
    case 'wrk':
      return wrk;
    case 'autocannon':
      return autocannon;
    case undefined:
      // Without arguments it prints its usage: only its absence is an error.
      return spawnSync('wrk', { stdio: 'ignore' }).error === undefined ? wrk : autocannon;
    default:
      throw new Error(`--load: given ${JSON.stringify(asked)}, allowed: wrk, autocannon`);
  }
}
