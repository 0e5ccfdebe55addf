/**
 * The token source: serves the token that it holds without any I/O, and has one refresh made for all who need another.
 * When to refresh is decided here; how, in `refresh.ts` and what that calls.
 */

import { depart } from './departure.ts';
import type { Engine } from './engine.ts';
import type { TokenError } from './errors.ts';
import type { TokenEvents, TokenEventType } from './events.ts';
import type { Flight } from './flight.ts';
import type { IssuedToken } from './issued-token.ts';
import { endSession, replaceGrant } from './login.ts';
import { ahead, covers, isAhead, type Need, needOf, suits } from './need.ts';
import type { Grant } from './provider.ts';
import { isCooling } from './record.ts';
import { statusOf } from './status.ts';
import type { Token } from './token.ts';
import type { GetTokenOptions, SourceStatus, TokenSource } from './token-source.ts';
import type { TokenRecord } from './token-store.ts';

const mostRounds = 3;

export class Source implements TokenSource {
  readonly #engine: Engine;
  readonly #closing = new AbortController();
  /** Whose answer callers wait for. */
  #flight: Flight | undefined;
  /** The last one, for as long as it may hold the lock. */
  #last: Flight | undefined;
  /** A promise for the token that is held, made once. */
  #served: { readonly token: IssuedToken; readonly promise: Promise<Token> } | undefined;
  /** A secret that was declared invalid. */
  #refused: string | undefined;
  #opening: Promise<void> | undefined;
  #unwatch: (() => void) | undefined;
  /** No refresh ahead before, by the monotonic clock. */
  #aheadFromMs = Number.NEGATIVE_INFINITY;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  getToken(options?: GetTokenOptions): Promise<Token> {
    const { held } = this.#engine;
    if (options !== undefined || held === undefined || !held.isFresh()) return this.#find(options ?? {});
    if (this.#served?.token !== held) this.#served = { token: held, promise: Promise.resolve(held) };
    return this.#served.promise;
  }

  peek(): Token | undefined {
    const { held } = this.#engine;
    return held?.isServable() ? held : undefined;
  }

  status(): SourceStatus {
    return statusOf(this.#engine, this.#closing.signal.aborted);
  }

  invalidate(token: Token, reason: string): void {
    const engine = this.#engine;
    if (engine.held && engine.held.token !== token.token) return;
    engine.held = undefined;
    this.#refused = token.token;
    engine.tell('token.invalidated', { generation: token.generation, reason });
    engine.events.release();
  }

  async adopt(grant: Grant): Promise<Token> {
    await this.#open();
    const token = await replaceGrant(this.#engine, grant);
    this.#engine.events.release();
    return token;
  }

  async logout({ revoke = true }: { readonly revoke?: boolean } = {}): Promise<{ readonly revoked: boolean }> {
    await this.#open();
    const underWay = this.#last;
    this.#engine.forget();
    underWay?.end();
    const revoked = await endSession(this.#engine, revoke, underWay);
    this.#engine.tell('logout', { by: 'us' });
    this.#engine.events.release();
    return { revoked };
  }

  on<Type extends TokenEventType>(
    type: Type,
    listener: (event: { readonly type: Type } & TokenEvents[Type]) => unknown,
  ): () => void {
    return this.#engine.events.on(type, listener);
  }

  async ready(): Promise<void> {
    await this.#open();
    const record = await this.#engine.read();
    if (!this.#engine.held && record?.grant) this.#takeUp(record, record.grant);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#unwatch?.();
    this.#engine.held = undefined;
    this.#last?.end();
    await this.#last?.done;
    // What it brought is kept in the store, and served by nobody here.
    this.#engine.held = undefined;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #find(options: GetTokenOptions): Promise<Token> {
    const { signal } = options;
    if (signal?.aborted) throw this.#engine.error('aborted', 'the caller gave up', { cause: signal.reason });
    await this.#open();
    for (let round = 1; ; round += 1) {
      const { held } = this.#engine;
      const need = needOf(options, held, this.#refused);
      if (held && suits(held, need)) {
        if (!held.isFresh()) this.#refreshAhead();
        return held;
      }
      const flight = this.#flight ?? this.#start(need);
      try {
        const token = await flight.join(signal);
        if (flight.need === need || suits(token, need) || round >= mostRounds) return token;
      } catch (thrown) {
        const error = this.#engine.failure(thrown);
        if (round < mostRounds && error.code !== 'aborted' && !covers(flight.need, need)) continue;
        return this.#stale(need, error);
      }
    }
  }

  /** The token that is held after all, where it can still be used. */
  #stale(need: Need, error: TokenError): Token {
    const { held, parts } = this.#engine;
    const isGood = held?.isServable() || parts.policy.staleIfError === 'expired-ok';
    if (!held || !isGood || held.token === need.avoid || error.code === 'aborted') throw error;
    this.#engine.tell('stale.served', { code: error.code, expiresInMs: held.expiresInMs() });
    this.#engine.events.release();
    return held;
  }

  #refreshAhead(): void {
    const { record, parts } = this.#engine;
    const isPaused = record?.dead !== undefined || isCooling(record?.cooldown, parts.clock.nowMs());
    if (this.#flight || isPaused || parts.clock.monoMs() < this.#aheadFromMs) return;
    this.#start(ahead(this.#refused));
  }

  #start(need: Need): Flight {
    const { clock, policy } = this.#engine.parts;
    const flight = depart(this.#engine, need, this.#last, (failure) => {
      if (this.#flight === flight) this.#flight = undefined;
      if (failure && isAhead(need)) this.#aheadFromMs = clock.monoMs() + policy.cooldownFirstMs;
    });
    this.#flight = flight;
    this.#last = flight;
    flight.done.then(() => {
      if (this.#last === flight) this.#last = undefined;
    });
    return flight;
  }

  async #open(): Promise<void> {
    if (this.#closing.signal.aborted) throw this.#engine.error('closed', 'the token source was closed');
    this.#opening ??= this.#begin();
    try {
      await this.#opening;
    } catch (thrown) {
      this.#opening = undefined;
      throw this.#engine.failure(thrown);
    }
  }

  async #begin(): Promise<void> {
    const engine = this.#engine;
    const { provider, store } = engine.parts;
    engine.key = await provider.key();
    if (this.#closing.signal.aborted) return;
    this.#unwatch = store.watch?.(engine.key, () => this.#look().catch(() => {}));
  }

  /** Others changed the record. */
  async #look(): Promise<void> {
    const engine = this.#engine;
    const { held, epoch } = engine;
    const record = await engine.stored();
    if (epoch !== engine.epoch || this.#closing.signal.aborted) return;
    if (record?.grant) this.#takeUp(record, record.grant);
    else if (!record && held && held === engine.held) {
      engine.forget();
      engine.tell('logout', { by: 'others' });
    }
    engine.events.release();
  }

  /** Serves the token of a record that is there, if it is newer than what is held. */
  #takeUp(record: TokenRecord, grant: Grant): void {
    const engine = this.#engine;
    if (engine.held && (record.receivedAtMs ?? 0) <= engine.held.receivedAtMs) return;
    const token = engine.found(record, grant);
    if (token.isServable() && token.token !== this.#refused) engine.take(record, token);
  }
}
