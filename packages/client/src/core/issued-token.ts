/** The token as callers hold it: the fields of the server, and clocks that say how much of its life is left. */

import { type Clock, never } from './clock.ts';
import type { Engine } from './engine.ts';
import { clockToleranceMs, type Instant, type Lifetime, lifetimeOf } from './lifetime.ts';
import type { JsonObject } from './platform.ts';
import { present } from './present.ts';
import type { Grant } from './provider.ts';
import { redacted } from './redact.ts';
import type { Token, TokenFields } from './token.ts';
import type { TokenRecord } from './token-store.ts';

/** At most this share of a lifetime can be asked for: the rest has to be usable, or each call would be a refresh. */
const mostValidityShare = 0.8;

export class IssuedToken implements Token {
  declare readonly type: string;
  declare readonly expiresAtMs: number | undefined;
  declare readonly lifetimeMs: number | undefined;
  declare readonly receivedAtMs: number;
  declare readonly refreshAtMs: number | undefined;
  declare readonly scope: string | undefined;
  declare readonly audience: string | undefined;
  declare readonly subject: string | undefined;
  declare readonly generation: number;
  declare readonly persisted: boolean;
  readonly #fields: TokenFields;
  readonly #since: Instant;
  readonly #life: Lifetime;
  readonly #clock: Clock;
  readonly #served: Promise<Token> = Promise.resolve(this);

  /** @param since when its life began, by the clocks of this process. */
  constructor(engine: Engine, record: TokenRecord, { token: fields }: Grant, since: Instant, persisted = true) {
    const { type = 'Bearer', refreshAtMs, scope, audience, subject } = fields;
    const { generation, receivedAtMs = since.wallMs } = record;
    const serverMs = receivedAtMs + record.skewMs;
    const life = lifetimeOf(fields, engine.policy, serverMs, `${engine.key} ${generation} ${engine.writer}`);
    const lifetimeMs = life.wholeMs < never ? life.wholeMs : undefined;
    const expiresAtMs = lifetimeMs === undefined ? undefined : serverMs + lifetimeMs;
    Object.assign(this, {
      type,
      expiresAtMs,
      lifetimeMs,
      receivedAtMs,
      refreshAtMs,
      scope,
      audience,
      subject,
      generation,
      persisted,
    });
    this.#fields = fields;
    this.#since = since;
    this.#life = life;
    this.#clock = engine.clock;
  }

  get token(): string {
    return this.#fields.token;
  }

  /** Made once: who is served from memory gets no promise of their own. */
  get served(): Promise<Token> {
    return this.#served;
  }

  get idToken(): string | undefined {
    return this.#fields.idToken;
  }

  get extra(): JsonObject {
    return this.#fields.extra ?? {};
  }

  expiresInMs(): number {
    return this.#life.wholeMs - this.#elapsedMs();
  }

  isUsable(minValidityMs = 0): boolean {
    return this.expiresInMs() > minValidityMs;
  }

  /** Not yet due for a refresh ahead. */
  isFresh(): boolean {
    return this.#elapsedMs() < this.#life.softInMs;
  }

  /** Far enough from its end to be handed out. */
  isServable(minValidityMs = 0): boolean {
    return this.servableForMs() > Math.min(minValidityMs, mostValidityShare * this.#life.wholeMs);
  }

  /** For how long it can still be handed out. */
  servableForMs(): number {
    return this.#life.hardInMs - this.#elapsedMs();
  }

  /** How far the wall clock went ahead of the monotonic one since it is held. Negative: it was set back. */
  driftMs(monoMs = this.#monoMs()): number {
    return this.#clock.nowMs() - this.#since.wallMs - monoMs;
  }

  toJSON(): JsonObject {
    return { token: redacted(this.token), ...present<object>(this) };
  }

  [Symbol.for('nodejs.util.inspect.custom')](): JsonObject {
    return this.toJSON();
  }

  /** By the monotonic clock; where the clocks disagree too much, by the one that says more. */
  #elapsedMs(): number {
    const monoMs = this.#monoMs();
    const driftMs = this.driftMs(monoMs);
    return monoMs + (driftMs > clockToleranceMs ? driftMs : 0);
  }

  #monoMs(): number {
    return this.#clock.monoMs() - this.#since.monoMs;
  }
}
