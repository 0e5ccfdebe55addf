/**
 * A lock between processes, as a register on disk (docs/decisions/0020-client-locks.md). Taking it over from a dead holder is
 * the same conditional write as taking it when it is free: of any number that see a dead holder, one gets it. A holder that is
 * killed costs nobody a wait; one that is stopped or cannot be seen is waited for until it has been silent for the lease.
 */

import { join } from 'node:path';
import { systemClock } from '../../core/clock.ts';
import { TokenError } from '../../core/errors.ts';
import { randomHex, randomShare } from '../../core/random.ts';
import { sha256 } from '../../core/sha256.ts';
import type { Clock, Lease, Lock, LockOptions } from '../../core/types.ts';
import { dataFolder } from '../../files/data-folder.ts';
import type { FilePort } from '../../files/file-port.ts';
import { Register } from '../../files/register.ts';
import { holdLease } from './lease.ts';
import { isDead, ownerNow, parseOwner } from './owner.ts';
import { Silence } from './silence.ts';

export interface FileLockOptions {
  /** Default: `tokens` in the user's data folder, beside the records. */
  readonly folder?: string | undefined;
  /** Default: Node's. */
  readonly files?: FilePort | undefined;
  /** Default: the clocks of this process. */
  readonly clock?: Pick<Clock, 'nowMs' | 'monoMs' | 'sleep'> | undefined;
}

/** Between two looks at a lock that is held: anything from half of it to all. */
const lookMs = 40;

export function fileLock({
  folder = join(dataFolder(), 'tokens'),
  files,
  clock = systemClock(),
}: FileLockOptions = {}): Lock {
  /** What was seen of holders, kept between waits: a stopped one may be silent for longer than anybody waits. */
  const silences = new Map<string, Silence>();

  async function take(key: string, register: Register, id: string, options: LockOptions): Promise<number> {
    const { waitMs, leaseMs, signal, background = false } = options;
    const silence = silences.get(key) ?? new Silence();
    silences.set(key, silence);
    const text = JSON.stringify(ownerNow(id));
    const startedMs = clock.monoMs();
    for (;;) {
      const standing = await register.read();
      const owner = standing && parseOwner(standing.text);
      const now = { monoMs: clock.monoMs(), wallMs: clock.nowMs() };
      if (!standing || !owner || isDead(owner) || silence.isProven(standing, leaseMs, now)) {
        const after = standing?.number ?? 0;
        if ((await register.put(text, after)) === 'ok') return after + 1;
      }
      if (signal?.aborted) throw new TokenError({ code: 'aborted', message: 'the wait for the lock was ended' });
      if (clock.monoMs() - startedMs >= waitMs) {
        throw new TokenError({ code: 'lock_timeout', message: 'the lock is held by another process' });
      }
      await clock.sleep((lookMs * (1 + randomShare())) / 2, { background, ...(signal && { signal }) });
    }
  }

  return {
    async run<Result>(key: string, options: LockOptions, work: (lease: Lease) => Promise<Result>): Promise<Result> {
      const register = new Register({ folder: join(folder, `${sha256(key)}.lock`), durable: false, files });
      const number = await take(key, register, randomHex(8), options);
      const lease = holdLease(register, number, options.leaseMs, clock);
      try {
        return await work(lease);
      } finally {
        await lease.end();
      }
    },
  };
}
