/**
 * The key ring: makes, keeps, rotates and publishes the keys that sign tokens. What a key does at an instant follows from
 * times alone (`core/keystate.ts`), so every process on one store agrees; no process has to be told or restarted.
 *
 * @example
 * const ring = await openKeyRing({ store, sealing, clock, random, uses: [{ use: 'sls', algorithm: 'HS256', … }] });
 * ring.signer.sign(format, token);
 * await ring.rotate('sls', { requestId });
 */

import type { AuditEvent } from '../core/audit.ts';
import { type KeyState, keyState } from '../core/keystate.ts';
import type { Algorithm } from '../core/token.ts';
import type { Clock, KeyStore, Random, RefreshTokens, Sealing, Signer, StoredKey } from '../service/ports.ts';
import { generateKey } from './generate.ts';
import { type Jwks, jwksAt } from './jwks.ts';
import { createKeySigner } from './key-signer.ts';
import type { OpenKey } from './open-key.ts';
import { createRefreshTokens, renewalUse } from './refresh-tokens.ts';
import { type KeyUse, successionAt } from './rotation.ts';
import { createSlot, type Slot } from './slot.ts';
import { sealKey, unsealKey } from './stored-key.ts';

export interface KeyRingParts {
  readonly store: Pick<KeyStore, 'listKeys' | 'addKey'>;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly random: Random;
  /** Default: `generateKey`. */
  readonly generate?: typeof generateKey | undefined;
  /** One of each name. */
  readonly uses: readonly KeyUse[];
  /** Of each key, as `OpenKeyOptions` has it. */
  readonly rememberedSignatures?: number | undefined;
}

/** A key for lists. */
export interface KeySummary {
  readonly id: string;
  readonly use: string;
  readonly algorithm: Algorithm;
  readonly state: KeyState;
  readonly createdAtMs: number;
  readonly activeFromMs: number;
  readonly retiresAtMs: number | undefined;
  readonly dropsAtMs: number | undefined;
}

export interface RotateRequest {
  /** For the audit log. */
  readonly requestId: string;
  readonly actor?: string | undefined;
  readonly remote?: string | undefined;
  /** Signs at once, although some verifiers may not know the key yet: for a key that leaked. */
  readonly immediately?: boolean | undefined;
}

export type RotateOutcome =
  | { readonly outcome: 'rotated'; readonly key: KeySummary }
  /** Somebody else rotated at the same moment: their key stands. */
  | { readonly outcome: 'conflict' }
  | { readonly outcome: 'unknown_use' };

export interface KeyRing {
  readonly signer: Signer;
  /** Works where `uses` has a `renewalKeyUse`. */
  readonly refreshTokens: RefreshTokens;
  /** Public keys of every use, or of one. */
  jwks(use?: string): Jwks;
  /** Newest first. */
  list(): readonly KeySummary[];
  rotate(use: string, request: RotateRequest): Promise<RotateOutcome>;
  /** Takes up what other processes changed; on failure everything stays as it was. */
  refresh(): Promise<void>;
}

interface RingKey {
  readonly stored: StoredKey;
  readonly open: OpenKey;
}

/** The request that first keys come from, in the audit log: none, the server starts. */
const firstKeysRequestId = 'start';

/**
 * Called after `checkMasterKey`, which recognises a wrong master key where there is no key yet.
 *
 * @throws {KeyUnreadable} where a key of the store does not open.
 */
export async function openKeyRing(parts: KeyRingParts): Promise<KeyRing> {
  const { store, sealing, clock, random, generate = generateKey, rememberedSignatures } = parts;
  const openOptions = { repeats: random.repeats, rememberedSignatures };
  const uses = new Map(parts.uses.map((use) => [use.use, use]));
  /** Newest first. */
  let keys: readonly RingKey[] = [];
  let slots: ReadonlyMap<string, ReadonlyMap<Algorithm, Slot>> = new Map();
  let loadsBegun = 0;
  let loadShown = 0;

  async function refresh(): Promise<void> {
    const load = ++loadsBegun;
    const stored = await store.listKeys();
    // An answer that was overtaken is older than what is shown.
    if (load < loadShown) return;
    const opened = openAll(stored, keys, (key) => unsealKey(sealing, key, openOptions));
    loadShown = load;
    keys = opened;
    slots = slotsOf(opened);
  }

  /** @returns the new key's id, or `undefined` where another process added one first. */
  async function add(use: KeyUse, aheadSeconds: number, event: EventFrame): Promise<string | undefined> {
    // Drawn before anything is waited for.
    const generated = await generate(use.algorithm, random);
    const newest = keys.find(({ stored }) => stored.use === use.use)?.stored;
    const nowMs = clock.nowMs();
    const { times, predecessorsEnd } = successionAt(use, aheadSeconds, nowMs, newest?.createdAtMs);
    const added = await store.addKey(sealKey(sealing, use, generated, times), newest?.id, predecessorsEnd, {
      ...event,
      atMs: nowMs,
      detail: `${use.use} ${use.algorithm} ${generated.id}`,
    });
    await refresh();
    return added ? generated.id : undefined;
  }

  const summary = ({ stored }: RingKey, nowMs: number): KeySummary => {
    const { id, use, algorithm, createdAtMs, activeFromMs, retiresAtMs, dropsAtMs } = stored;
    const state = keyState(stored, nowMs);
    return { id, use, algorithm, state, createdAtMs, activeFromMs, retiresAtMs, dropsAtMs };
  };

  await refresh();
  const missing = parts.uses.filter((use) => !keys.some(isCurrentOf(use)));
  // Beside each other, since some take long to make; drawn in the order of the uses, so that a seed gives each the same again.
  await Promise.all(missing.map((use) => add(use, 0, { type: 'keys.created', requestId: firstKeysRequestId })));
  for (const use of missing) {
    if (!keys.some(isCurrentOf(use))) throw new Error(`No ${use.algorithm} key for ${use.use} came to be`);
  }

  return {
    signer: createKeySigner(clock, (use, algorithm) => slots.get(use)?.get(algorithm)),
    refreshTokens: createRefreshTokens(clock, () => slots.get(renewalUse)?.get('HS256')),

    jwks(use) {
      const aheads = parts.uses.filter((one) => one.algorithm !== 'HS256' && (use === undefined || one.use === use));
      const published = keys.filter(({ stored }) => use === undefined || stored.use === use);
      return jwksAt(
        published.map(({ open, stored }) => ({ publicJwk: open.publicJwk, times: stored })),
        Math.min(...aheads.map((one) => one.publishAheadSeconds)),
        clock.nowMs(),
      );
    },

    list() {
      const nowMs = clock.nowMs();
      return keys.map((key) => summary(key, nowMs));
    },

    async rotate(useName, { requestId, actor, remote, immediately }) {
      const use = uses.get(useName);
      if (!use) return { outcome: 'unknown_use' };
      await refresh();
      const aheadSeconds = immediately ? 0 : use.publishAheadSeconds;
      const id = await add(use, aheadSeconds, { type: 'keys.rotated', requestId, actor, remote });
      const key = keys.find(({ stored }) => stored.id === id);
      return key ? { outcome: 'rotated', key: summary(key, clock.nowMs()) } : { outcome: 'conflict' };
    },

    refresh,
  };
}

type EventFrame = Pick<AuditEvent, 'type' | 'requestId' | 'actor' | 'remote'>;

/** A key without an end: the newest of its use, as long as the algorithm is still the configured one. */
const isCurrentOf =
  ({ use, algorithm }: KeyUse) =>
  ({ stored }: RingKey): boolean =>
    stored.use === use && stored.algorithm === algorithm && stored.retiresAtMs === undefined;

/** Opens what is new and keeps what is open; newest first. */
function openAll(
  stored: readonly StoredKey[],
  known: readonly RingKey[],
  unseal: (key: StoredKey) => OpenKey,
): readonly RingKey[] {
  const placeOf = (key: StoredKey): string => JSON.stringify([key.use, key.algorithm, key.id]);
  const open = new Map(known.map((key) => [placeOf(key.stored), key.open]));
  return stored
    .toSorted((a, b) => b.createdAtMs - a.createdAtMs)
    .map((key) => ({ stored: key, open: open.get(placeOf(key)) ?? unseal(key) }));
}

function slotsOf(keys: readonly RingKey[]): ReadonlyMap<string, ReadonlyMap<Algorithm, Slot>> {
  const byUse = Map.groupBy(keys, ({ stored }) => stored.use);
  return new Map(
    [...byUse].map(([use, ofUse]) => {
      const byAlgorithm = Map.groupBy(ofUse, ({ stored }) => stored.algorithm);
      const entries = [...byAlgorithm].map(
        ([algorithm, group]) =>
          [algorithm, createSlot(group.map(({ open, stored }) => ({ open, times: stored })))] as const,
      );
      return [use, new Map(entries)];
    }),
  );
}
