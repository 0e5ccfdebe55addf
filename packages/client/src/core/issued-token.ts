/** The token as callers hold it: the fields of the server, and clocks that say how much of its life is left. */

import type { Clock } from './clock.ts';
import {
  driftSince,
  elapsedSince,
  expiresAtMs,
  type Instant,
  type Lifetime,
  lifetimeOf,
  type Receipt,
} from './lifetime.ts';
import type { JsonObject } from './platform.ts';
import type { Policy } from './policy.ts';
import { present } from './present.ts';
import { redacted } from './redact.ts';
import type { Token, TokenFields } from './token.ts';

/** At most this share of a lifetime can be asked for: the rest has to be usable, or each call would be a refresh. */
const mostValidityShare = 0.8;

export interface IssuedTokenFacts {
  readonly fields: TokenFields;
  readonly receipt: Receipt;
  /** When this process took hold of it. */
  readonly since: Instant;
  readonly generation: number;
  readonly persisted: boolean;
}

export class IssuedToken implements Token {
  readonly type: string;
  readonly expiresAtMs: number | undefined;
  readonly lifetimeMs: number | undefined;
  readonly receivedAtMs: number;
  readonly refreshAtMs: number | undefined;
  readonly scope: string | undefined;
  readonly audience: string | undefined;
  readonly subject: string | undefined;
  readonly generation: number;
  readonly persisted: boolean;
  readonly #fields: TokenFields;
  readonly #since: Instant;
  readonly #life: Lifetime;
  readonly #clock: Clock;

  constructor({ fields, receipt, since, generation, persisted }: IssuedTokenFacts, policy: Policy, clock: Clock) {
    this.type = fields.type ?? 'Bearer';
    this.expiresAtMs = expiresAtMs(fields, receipt, policy);
    this.#life = lifetimeOf(fields, receipt, policy, since.wallMs + (clock.offsetMs() || receipt.skewMs));
    this.lifetimeMs = Number.isFinite(this.#life.wholeMs) ? this.#life.wholeMs : undefined;
    this.receivedAtMs = receipt.receivedAtMs;
    this.refreshAtMs = fields.refreshAtMs;
    this.scope = fields.scope;
    this.audience = fields.audience;
    this.subject = fields.subject;
    this.generation = generation;
    this.persisted = persisted;
    this.#fields = fields;
    this.#since = since;
    this.#clock = clock;
  }

  get token(): string {
    return this.#fields.token;
  }

  get idToken(): string | undefined {
    return this.#fields.idToken;
  }

  get extra(): JsonObject {
    return this.#fields.extra ?? {};
  }

  expiresInMs(): number {
    return this.#life.endsInMs - elapsedSince(this.#since, this.#clock);
  }

  isUsable(minValidityMs = 0): boolean {
    return this.expiresInMs() > minValidityMs;
  }

  /** Not yet due for a refresh ahead. */
  isFresh(): boolean {
    return elapsedSince(this.#since, this.#clock) < this.#life.softInMs;
  }

  /** Far enough from its end to be handed out. */
  isServable(minValidityMs = 0): boolean {
    const counts = Math.min(minValidityMs, mostValidityShare * this.#life.wholeMs);
    return elapsedSince(this.#since, this.#clock) + counts < this.#life.hardInMs;
  }

  /** For how long it can still be handed out. */
  servableForMs(): number {
    return this.#life.hardInMs - elapsedSince(this.#since, this.#clock);
  }

  /** How far the wall clock went ahead of the monotonic one since it is held. */
  driftMs(): number {
    return driftSince(this.#since, this.#clock);
  }

  toJSON(): JsonObject {
    const { type, expiresAtMs: ends, scope, audience, subject, generation, persisted } = this;
    const known = present({ expiresAtMs: ends, scope, audience, subject });
    return { token: redacted(this.token), type, ...known, generation, persisted };
  }

  [Symbol.for('nodejs.util.inspect.custom')](): JsonObject {
    return this.toJSON();
  }
}
