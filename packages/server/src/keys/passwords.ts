/**
 * Passwords under Argon2id (RFC 9106), in PHC form. Hashing takes memory and time on purpose, so only a few run at once:
 * a burst of logins waits instead of taking the machine.
 */

import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Overloaded, type Passwords, type Random } from '../service/ports.ts';

export interface PasswordOptions {
  readonly memoryKibibytes: number;
  readonly passes: number;
  readonly parallelism: number;
  /** Hashes that run at once. */
  readonly concurrency: number;
  /** Hashes that wait for their turn; beyond them one is refused. */
  readonly queueLength: number;
}

/** The least that OWASP recommends for Argon2id (Password Storage Cheat Sheet, read 2026-11-22): 19 MiB, 2 passes. */
export const passwordDefaults: PasswordOptions = {
  memoryKibibytes: 19_456,
  passes: 2,
  parallelism: 1,
  concurrency: 2,
  queueLength: 200,
};

interface Parameters {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

const tagBytes = 32;
const saltBytes = 16;
const derive = promisify(argon2);
const phc = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{22,86})\$([A-Za-z0-9+/]{43})$/;

export function createPasswords(random: Random, options: PasswordOptions = passwordDefaults): Passwords {
  const slots = createSlots(options);
  const own: Parameters = {
    memory: options.memoryKibibytes,
    passes: options.passes,
    parallelism: options.parallelism,
  };

  const tagOf = (password: string, nonce: Uint8Array, parameters: Parameters): Promise<Uint8Array> =>
    // Of one password there may be several Unicode spellings, and keyboards differ in which they send (RFC 8265).
    slots(() => derive('argon2id', { message: password.normalize('NFC'), nonce, tagLength: tagBytes, ...parameters }));

  return {
    async hash(password) {
      const salt = random.bytes(saltBytes);
      return phcText(own, salt, await tagOf(password, salt, own));
    },

    async verify(password, hash) {
      const [, memory, passes, parallelism, salt = '', tag = ''] = phc.exec(hash ?? '') ?? [];
      if (memory === undefined) {
        await tagOf(password, new Uint8Array(saltBytes), own);
        return false;
      }
      const parameters = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
      const made = await tagOf(password, Buffer.from(salt, 'base64'), parameters);
      return timingSafeEqual(made, Buffer.from(tag, 'base64'));
    },
  };
}

const phcText = ({ memory, passes, parallelism }: Parameters, salt: Uint8Array, tag: Uint8Array): string =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;

const unpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** Runs at most so many at once; the others wait in line, as far as it reaches. */
function createSlots({
  concurrency,
  queueLength,
}: Pick<PasswordOptions, 'concurrency' | 'queueLength'>): <Value>(work: () => Promise<Value>) => Promise<Value> {
  let free = concurrency;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else if (waiting.length < queueLength) await new Promise<void>((resolve) => waiting.push(resolve));
    else throw new Overloaded('too many passwords wait to be hashed');
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
