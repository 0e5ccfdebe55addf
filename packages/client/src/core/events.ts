/**
 * What a token source tells its listeners: after the lock is let go, each listener on its own, and what a listener throws
 * reaches nobody. No event holds a token or a secret.
 */

import type { TokenError, TokenErrorCode } from './errors.ts';

/** Why a refresh was decided. */
export type RefreshReason = 'empty' | 'soft' | 'hard' | 'forced' | 'rejected';

interface Facts {
  /** `Provider.id`. */
  readonly provider: string;
  /** Hash of the cache identity. */
  readonly key: string;
  /** Unix milliseconds. */
  readonly atMs: number;
}

export interface TokenEvents {
  'refresh.start': Facts & { readonly reason: RefreshReason };
  'refresh.success': Facts & {
    readonly reason: RefreshReason;
    readonly generation: number;
    readonly durationMs: number;
    /** `adopted`: another process had already done it. */
    readonly by: 'acquire' | 'refresh' | 'adopted';
  };
  'refresh.fail': Facts & { readonly reason: RefreshReason; readonly durationMs: number; readonly error: TokenError };
  /** Callers get another token from now on. */
  'token.change': Facts & { readonly generation: number; readonly expiresAtMs: number | undefined };
  /** Somebody said that the token is no longer good. */
  'token.invalidated': Facts & { readonly generation: number; readonly reason: string };
  /** A refresh failed, and the old token was served. */
  'stale.served': Facts & { readonly code: TokenErrorCode; readonly expiresInMs: number };
  cooldown: Facts & { readonly untilMs: number; readonly tries: number; readonly code: TokenErrorCode };
  'lock.wait': Facts & { readonly waitedMs: number };
  'lock.lost': Facts;
  /** The lock does not work here; conditional writes alone protect. Once for each token source. */
  'lock.unavailable': Facts & { readonly message: string };
  'persist.fail': Facts & { readonly generation: number; readonly error: TokenError };
  /** The clocks disagree by `differenceMs`: the machine slept, or its clock was set. */
  'clock.skew': Facts & { readonly differenceMs: number };
  'reauth.required': Facts & { readonly code: TokenErrorCode };
  logout: Facts & { readonly by: 'us' | 'others' };
  'provider.log': Facts & { readonly message: string };
}

export type TokenEventType = keyof TokenEvents;
export type TokenEvent = { [Type in TokenEventType]: { readonly type: Type } & TokenEvents[Type] }[TokenEventType];
