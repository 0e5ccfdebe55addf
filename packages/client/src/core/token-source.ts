/// <reference lib="esnext.disposable" preserve="true" />
/** What users hold: it is cheap, safe to share, and gives a token that is good to use now. */

import type { TokenError } from './errors.ts';
import type { TokenEvents, TokenEventType } from './events.ts';
import type { Signal } from './platform.ts';
import type { Grant } from './provider.ts';
import type { Token } from './token.ts';

export interface GetTokenOptions {
  /** Lets this caller go with `aborted`; a refresh that is under way goes on for the others. */
  readonly signal?: Signal;
  /** The token must live for so long beyond the policy's own margin, in milliseconds. At most 80 % of its lifetime counts. */
  readonly minValidityMs?: number;
  /** Not the token that is held, however fresh. */
  readonly forceRefresh?: boolean;
  /** A server refused this token: any other will do, and no refresh happens where there is another already. */
  readonly reject?: Token;
  /** A provider that needs a person may ask one now. Together with `forceRefresh`: log in anew, whatever is held. */
  readonly interactive?: boolean;
}

export type SourceState =
  | 'empty'
  | 'fresh'
  /** Served, and refreshed in the background. */
  | 'soft'
  /** Too close to its end to be served. */
  | 'hard'
  | 'expired'
  | 'cooldown'
  /** A refresh token was sent, and nothing is known of the outcome. */
  | 'uncertain'
  | 'dead'
  | 'closed';

export interface SourceStatus {
  readonly state: SourceState;
  readonly expiresAtMs: number | undefined;
  readonly lastError: TokenError | undefined;
  /** Unix milliseconds, when the server may be asked again. */
  readonly nextAttemptAtMs: number | undefined;
  /** Process that wrote the record that is held. */
  readonly owner: string | undefined;
}

export interface TokenSource {
  /** Rejects with `TokenError`, and with nothing else. */
  getToken(options?: GetTokenOptions): Promise<Token>;
  /** The token that is held, if it can still be used. Never reads, waits or refreshes. */
  peek(): Token | undefined;
  status(): SourceStatus;
  /** The token is no longer served, here and by later calls; no-op where another one is held by now. */
  invalidate(token: Token, reason: string): void;
  /** Takes a grant that was got elsewhere, in place of the one that is held; ends `dead` and `cooldown`. */
  adopt(grant: Grant): Promise<Token>;
  /**
   * Removes the record, and where `revoke` (default true), ends the grant at the server, best effort: `revoked` says whether
   * that is known to have worked. What a refresh under way brings is thrown away.
   */
  logout(options?: { readonly revoke?: boolean }): Promise<{ readonly revoked: boolean }>;
  /** Returns what ends it. */
  on<Type extends TokenEventType>(
    type: Type,
    listener: (event: { readonly type: Type } & TokenEvents[Type]) => unknown,
  ): () => void;
  /** Settles when the store was read: `peek` and `status` say what it holds. Never refreshes. */
  ready(): Promise<void>;
  /** Ends timers and watches; a refresh under way is waited for. Later calls reject with `closed`. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
