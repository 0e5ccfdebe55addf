/** What a store is: records by key, and writes that happen only where nobody else wrote in between. */

import type { TokenErrorCode } from './errors.ts';
import type { Sharing } from './keeper.ts';
import type { Grant } from './provider.ts';

/** The record's refresh token was sent, or was about to be, and nothing is known of the outcome. */
export interface Intent {
  readonly idempotencyKey: string;
  /** Unix milliseconds by the local clock. */
  readonly startedAtMs: number;
  /** Likewise, when it was last written: before the refresh token was sent, or sent again. */
  readonly notedAtMs: number;
  /** Who wrote it then. */
  readonly writer: string;
}

/** The grant cannot be renewed any more; somebody has to log in. Kept until then, never silently deleted. */
export interface Tombstone {
  readonly code: TokenErrorCode;
  /** Unix milliseconds by the local clock. */
  readonly atMs: number;
}

/** Nobody asks the server again before `untilMs`, in whichever process. */
export interface Cooldown {
  /** Unix milliseconds by the local clock: one that lies in the future was written before the clock was set back. */
  readonly sinceMs: number;
  /** Unix milliseconds by the local clock. */
  readonly untilMs: number;
  /** Failed decisions in a row. */
  readonly tries: number;
  readonly code: TokenErrorCode;
}

/** What is kept under one key; JSON. A store keeps fields that it does not know. */
export interface TokenRecord {
  readonly v: 1;
  /**
   * Changes with every write of the record, whatever was written, and is never used again for the key: the first is the
   * unix time in milliseconds, every further one is greater by one.
   */
  readonly generation: number;
  readonly grant?: Grant;
  /** Unix milliseconds by the writer's clock, when the grant came. */
  readonly receivedAtMs?: number;
  /** What the writer added to its clock to get the server's, in milliseconds. */
  readonly skewMs: number;
  readonly intent?: Intent;
  readonly dead?: Tombstone;
  readonly cooldown?: Cooldown;
  /** Process that wrote it: for people who look for the culprit. */
  readonly writer: string;
  /** In place of everything from `grant` on: what a codec sealed, in base64url. */
  readonly sealed?: string;
}

export interface WriteCondition {
  /** The generation that must stand there; `undefined`: nothing may. */
  readonly ifGeneration: number | undefined;
}

/**
 * What a store of your own does; `tokenStore` makes a `TokenStore` of it. Compare and write are one step, also between
 * processes. What a promise settled with is on disk, where the store has one. A store that cannot answer throws `TokenError`
 * with `store_read` or `store_write`; that is never "there is nothing".
 */
export interface StoreMethods {
  read(key: string): Promise<TokenRecord | undefined>;
  write(key: string, record: TokenRecord, condition: WriteCondition): Promise<'ok' | 'conflict'>;
  /** Without a condition, whatever stands there. Removing nothing is `ok`, unless a generation was asked for. */
  remove(key: string, condition?: { readonly ifGeneration: number }): Promise<'ok' | 'conflict'>;
  /** Keys that begin with `prefix`, in no order. */
  list(prefix: string): Promise<readonly string[]>;
  /** Calls back after others changed the record; may miss and may repeat. Returns what ends it. */
  watch?(key: string, changed: () => void): () => void;
}

/** What a token source takes: it brings along what only records need that others write, too. Made by `tokenStore`. */
export interface TokenStore extends StoreMethods {
  readonly sharing: Sharing;
}
