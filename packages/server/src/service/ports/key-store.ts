/** Signing keys at rest, and settings that are written once. */

import type { AuditEvent } from '../../core/audit.ts';
import type { KeyTimes } from '../../core/keystate.ts';
import type { Algorithm } from '../../core/token.ts';

/** A signing key as it is kept: its private half sealed under the master key, bound to `id`. */
export interface StoredKey extends KeyTimes {
  /** Key id: `kid` in JWKS (RFC 7638 thumbprint for asymmetric keys). */
  readonly id: string;
  readonly use: string;
  readonly algorithm: Algorithm;
  readonly sealed: Uint8Array;
  /** Public half as a JWK in JSON; `undefined` for HS256. */
  readonly publicJwk: string | undefined;
  readonly createdAtMs: number;
}

export interface KeyStore {
  /** In the order in which they were added: the last one of a use is its newest. */
  listKeys(): Promise<readonly StoredKey[]>;
  /**
   * Adds a key and sets the end of its predecessors in one step; one that ends sooner keeps its end. Refused (`false`,
   * nothing written) when the newest key of this use is no longer `expectedNewest`: somebody else rotated first.
   */
  addKey(
    key: StoredKey,
    expectedNewest: string | undefined,
    predecessorsEnd: { readonly retiresAtMs: number; readonly dropsAtMs: number },
    event: AuditEvent,
  ): Promise<boolean>;
  /** Deletes keys that were dropped before `nowMs`. */
  purgeKeys(nowMs: number): Promise<number>;
  /** A small value that belongs to the installation, such as the check value of the master key. */
  readSetting(name: string): Promise<string | undefined>;
  /** Writes it once: the first writer wins, everybody gets what stands there. */
  claimSetting(name: string, value: string): Promise<string>;
}
