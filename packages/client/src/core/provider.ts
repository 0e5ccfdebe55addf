/**
 * What a provider is: it knows a wire protocol and nothing of caching, retries, locks or stores. A function makes it from
 * its options (`sls({ … })`), and the value keeps no state.
 */

import type { Clock } from './clock.ts';
import type { FetchLike, JsonObject, Signal } from './platform.ts';
import type { TokenFields } from './token.ts';

/** What a provider hands over; plain data, as it is stored. */
export interface Grant {
  readonly token: TokenFields;
  /** `undefined` after a refresh keeps the one before. */
  readonly refreshToken?: string;
  /** Unix milliseconds by the server's clock, when the refresh token ends. */
  readonly refreshExpiresAtMs?: number;
  /** Fields of the answer that have no name here. A refresh adds to those before and replaces equal names. */
  readonly raw?: JsonObject;
}

export interface ProviderTraits {
  /** Whether a refresh spends the refresh token. `unknown` is handled as `yes`. */
  readonly rotates: 'yes' | 'no' | 'unknown';
  /** For how long the server answers the repetition of a spent refresh token with the same successor. Default 0. */
  readonly replayWindowMs?: number;
  /** `acquire` needs a person: it is called only for `getToken({ interactive: true })`. Default false. */
  readonly interactive?: boolean;
  /** The shortest lifetime that the server gives. A shorter one means that a clock is wrong, and is reported as `clock_skew`. */
  readonly minLifetimeMs?: number;
}

export interface ProviderContext {
  readonly fetch: FetchLike;
  /** The engine's own deadline for the whole exchange. Never a caller's signal. */
  readonly signal: Signal;
  readonly clock: Clock;
  /** One for each decision to send; repeated with every retry of it, also after a crash. */
  readonly idempotencyKey: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** Reports a remark as a `provider.log` event. Never a secret, never part of an answer. */
  readonly log: (message: string) => void;
}

/** What `isAuthFailure` looks at. */
export interface AnswerFacts {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
}

export interface Provider {
  /** Names the configured provider in errors and events: `sls`, `pds`, `oauth2`. */
  readonly id: string;
  /** How it gets its tokens, in one word or two: `ticket`, `jwt-bearer`, `client_credentials`. */
  readonly kind: string;
  readonly traits: ProviderTraits;
  /**
   * Cache identity: everything that makes one token differ from another (issuer, client, subject, scopes, resource), through
   * `identityKey`. Never a secret. Asked once for each token source.
   */
  key(): string | Promise<string>;
  /** A first grant. Throws `TokenError`, made by `refusal` or `exchange`. */
  acquire(context: ProviderContext): Promise<Grant>;
  /** The next grant from the one before. Without it the engine calls `acquire` again. */
  refresh?(previous: Grant, context: ProviderContext): Promise<Grant>;
  /** Ends the grant at the server. Best effort. */
  revoke?(grant: Grant, context: ProviderContext): Promise<void>;
  /** Whether an answer to a request that carried the token means "this token is no longer good". Default: status 401. */
  isAuthFailure?(answer: AnswerFacts, body: unknown): boolean;
}
