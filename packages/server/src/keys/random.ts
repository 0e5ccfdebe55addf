/** Randomness of the operating system. Hexadecimal digits come from a pool, since a call of `randomBytes` costs 2 µs. */

import { randomBytes } from 'node:crypto';
import type { Random } from '../service/ports.ts';

const poolBytes = 8 * 1024;

export const systemRandom: Random = createSystemRandom();

function createSystemRandom(): Random {
  let pool = Buffer.alloc(0);
  let used = 0;
  return {
    /** Never from the pool: these become keys and nonces. */
    bytes: (count) => randomBytes(count),

    hex(digits) {
      const count = Math.ceil(digits / 2);
      if (count > poolBytes) return randomBytes(count).toString('hex').slice(0, digits);
      if (used + count > pool.length) {
        pool = randomBytes(poolBytes);
        used = 0;
      }
      const from = used;
      used += count;
      // Written afresh: a slice of one long string would keep the whole of it in memory as long as the id lives.
      const text = pool.toString('hex', from, used);
      return text.length === digits ? text : text.slice(0, digits);
    },
  };
}
