/** What the tests of the key ring stand on: a store in memory, a clock that is set, a sealing under a known master key. */

import type { AuditEvent } from '../core/audit.ts';
import type { Algorithm } from '../core/token.ts';
import type { Clock, KeyStore, Sealing, StoredKey } from '../service/ports.ts';
import { masterKeyOf } from './master.ts';
import { systemRandom } from './random.ts';
import type { KeyUse } from './rotation.ts';
import { createSealing } from './sealing.ts';

export const sampleMasterKey = Buffer.alloc(32, 0xa5).toString('base64');

export const sampleSealing = (masterKey = sampleMasterKey): Sealing =>
  createSealing(masterKeyOf(masterKey), systemRandom);

export interface SampleClock extends Clock {
  setMs(nowMs: number): void;
}

export function sampleClock(nowMs: number): SampleClock {
  let atMs = nowMs;
  return {
    nowMs: () => atMs,
    setMs(value) {
      atMs = value;
    },
  };
}

export interface SampleKeyStore extends KeyStore {
  readonly events: readonly AuditEvent[];
  /** Puts rows in the place of what is there, as somebody with the database in hand would. */
  tamper(change: (keys: readonly StoredKey[]) => readonly StoredKey[]): void;
}

/** Does what `KeyStore` promises, in the order of the calls. */
export function sampleKeyStore(): SampleKeyStore {
  /** Oldest first. */
  let keys: readonly StoredKey[] = [];
  const events: AuditEvent[] = [];
  const settings = new Map<string, string>();
  const sooner = (one: number | undefined, other: number): number => Math.min(one ?? other, other);
  return {
    events,
    tamper(change) {
      keys = change(keys);
    },
    listKeys: async () => keys,
    async addKey(key, expectedNewest, { retiresAtMs, dropsAtMs }, event) {
      if (keys.findLast(({ use }) => use === key.use)?.id !== expectedNewest) return false;
      const ended = keys.map((old) =>
        old.use === key.use
          ? { ...old, retiresAtMs: sooner(old.retiresAtMs, retiresAtMs), dropsAtMs: sooner(old.dropsAtMs, dropsAtMs) }
          : old,
      );
      keys = [...ended, key];
      events.push(event);
      return true;
    },
    async purgeKeys(nowMs) {
      const before = keys.length;
      keys = keys.filter(({ dropsAtMs }) => dropsAtMs === undefined || dropsAtMs >= nowMs);
      return before - keys.length;
    },
    readSetting: async (name) => settings.get(name),
    async claimSetting(name, value) {
      const claimed = settings.get(name) ?? value;
      settings.set(name, claimed);
      return claimed;
    },
  };
}

export const sampleUse = (algorithm: Algorithm, publishAheadSeconds: number, use = 'sample'): KeyUse => ({
  use,
  algorithm,
  publishAheadSeconds,
  longestTokenSeconds: 86_400,
});
