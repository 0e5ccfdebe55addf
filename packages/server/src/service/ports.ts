/**
 * What the service needs of the world. Stores, keys and clocks implement these; nothing here knows how.
 *
 * Store methods are whole decisions: each is atomic, and its promise settles after the change is on disk.
 * A store that cannot answer throws `StoreUnavailable`. Where it can, `create…` throws `AlreadyExists` or `OwnerMissing`,
 * `addKey` throws `AlreadyExists`, and lists throw `CursorInvalid`; nothing else that it throws is expected.
 * An event is kept exactly where its change was made.
 */

export type { AuditAnchor, AuditBlock, AuditFilter, AuditStore } from './ports/audit-store.ts';
export type { DirectoryStore } from './ports/directory-store.ts';
export type { GrantFilter, GrantStore, GrantUse, Watermark } from './ports/grant-store.ts';
export type { KeyStore, StoredKey } from './ports/key-store.ts';
export {
  type Assertions,
  type ClientKeys,
  ClientKeyUnreadable,
  type Passwords,
  type Sealing,
  type Signer,
} from './ports/keys.ts';
export type { CodeStore, LoginStore, RedeemAsk, RedeemOutcome } from './ports/login-store.ts';
export type { Page, PageAsk } from './ports/page.ts';
export type { RegionStore } from './ports/region-store.ts';
export type { RefreshTokenFacts, RefreshTokens, RotateAsk, RotateOutcome } from './ports/rotation.ts';
export type { Store } from './ports/store.ts';
export { AlreadyExists, CursorInvalid, Overloaded, OwnerMissing, StoreUnavailable } from './ports/store-errors.ts';

export interface Clock {
  /** Unix milliseconds. */
  nowMs(): number;
}

export interface Random {
  /** It follows from a seed: the emulator's. */
  readonly repeats?: true;
  bytes(count: number): Uint8Array;
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string;
}
