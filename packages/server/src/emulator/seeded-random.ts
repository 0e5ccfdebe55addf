/**
 * Randomness that repeats: the same seed gives the same keys, ids and secrets. FOR THE EMULATOR ONLY: whoever knows the
 * seed knows every key.
 */

import { createCipheriv, hash } from 'node:crypto';
import type { Random } from '../service/ports.ts';

const poolBytes = 4 * 1024;

/** The keystream of AES-256 in counter mode under SHA-256 of the seed, read in the order of the calls. */
export function seededRandom(seed: string): Random {
  const stream = createCipheriv('aes-256-ctr', hash('sha256', seed, 'buffer'), Buffer.alloc(16));
  let pool = Buffer.alloc(0);
  let used = 0;

  /** The next bytes of the stream, to be copied before the next call. */
  function take(count: number): Buffer {
    if (used + count > pool.length) {
      const rest = pool.subarray(used);
      pool = Buffer.concat([rest, stream.update(Buffer.alloc(Math.max(count, poolBytes)))]);
      used = 0;
    }
    used += count;
    return pool.subarray(used - count, used);
  }

  return {
    repeats: true,
    bytes: (count) => Uint8Array.from(take(count)),
    hex: (digits) =>
      take(Math.ceil(digits / 2))
        .toString('hex')
        .slice(0, digits),
  };
}

/** Randomness in stages, each with a stream of its own: however much one draws, the next one stays the same. */
export interface StagedRandom extends Random {
  /** Goes on with the beginning of this stage's stream. */
  enter(stage: string): void;
}

export function stagedRandom(seed: string): StagedRandom {
  const stream = streamsOf(seed);
  let current = stream('');
  return {
    repeats: true,
    bytes: (count) => current.bytes(count),
    hex: (digits) => current.hex(digits),
    enter(stage) {
      current = stream(stage);
    },
  };
}

/** A stream of its own for each name. */
export const streamsOf =
  (seed: string) =>
  (name: string): Random =>
    seededRandom(JSON.stringify([seed, name]));
