/** What the steps of a refresh share: the ports, the token that is held, and what was last seen in the store. */

import type { Clock } from './clock.ts';
import { createEmitter, type Emitter } from './emitter.ts';
import { isTokenError, TokenError, type TokenErrorCode, type TokenErrorFacts } from './errors.ts';
import type { TokenEvent, TokenEvents, TokenEventType } from './events.ts';
import { IssuedToken } from './issued-token.ts';
import { type Instant, instantOf } from './lifetime.ts';
import type { Lock } from './lock.ts';
import type { FetchLike } from './platform.ts';
import type { Policy } from './policy.ts';
import type { Grant, Provider } from './provider.ts';
import { type RecordChange, successor } from './record.ts';
import { keyHash } from './short-hash.ts';
import type { TokenRecord, TokenStore } from './token-store.ts';

export interface EngineParts {
  readonly provider: Provider;
  readonly store: TokenStore;
  readonly lock: Lock | undefined;
  readonly policy: Policy;
  readonly clock: Clock;
  readonly fetch: FetchLike;
  readonly writer: string;
  readonly onEvent: ((event: TokenEvent) => unknown) | undefined;
}

/** A record that the store did not take. It stands in for the stored one, for as long as that does not move on. */
interface Unpersisted {
  readonly record: TokenRecord;
  readonly ifGeneration: number | undefined;
}

export class Engine {
  readonly parts: EngineParts;
  readonly events: Emitter;
  /** Of `provider.key()`, once it was asked. */
  key = '';
  held: IssuedToken | undefined;
  /** As it was last read or written. */
  record: TokenRecord | undefined;
  #unpersisted: Unpersisted | undefined;
  /** Counts logouts: a refresh that began before one must not bring the grant back. */
  epoch = 0;
  lastError: TokenError | undefined;
  /** Told of every token that is taken, while a refresh waits for its turn. */
  taken: ((token: IssuedToken) => void) | undefined;
  isLockBroken = false;

  constructor(parts: EngineParts) {
    this.parts = parts;
    this.events = createEmitter(parts.onEvent);
  }

  tell<Type extends TokenEventType>(type: Type, facts: Omit<TokenEvents[Type], 'provider' | 'key' | 'atMs'>): void {
    const { provider, clock } = this.parts;
    const event = { type, provider: provider.id, key: keyHash(this.key), atMs: clock.nowMs(), ...facts };
    // The three facts that `Omit` took away are back; the compiler cannot put a generic union together again.
    this.events.emit(event as unknown as TokenEvent);
  }

  /** What stands in the store now. */
  stored(): Promise<TokenRecord | undefined> {
    return this.#ask('store_read', () => this.parts.store.read(this.key));
  }

  /** The stored record, or the one that the store did not take. */
  async read(): Promise<TokenRecord | undefined> {
    let stored: TokenRecord | undefined;
    try {
      stored = await this.stored();
    } catch (error) {
      // Where nothing can be spent, a token without a store is better than none.
      if (this.parts.provider.traits.rotates !== 'no') throw error;
      return this.record;
    }
    if (this.#unpersisted?.ifGeneration !== stored?.generation) this.#unpersisted = undefined;
    this.record = this.#unpersisted?.record ?? stored;
    return this.record;
  }

  /** Writes what follows on `before`. */
  async put(record: TokenRecord, before: TokenRecord | undefined): Promise<'ok' | 'conflict'> {
    const ifGeneration = this.#unpersisted ? this.#unpersisted.ifGeneration : before?.generation;
    const outcome = await this.#ask('store_write', () => this.parts.store.write(this.key, record, { ifGeneration }));
    if (outcome === 'ok') {
      this.#unpersisted = undefined;
      this.record = record;
    }
    return outcome;
  }

  /** Removes the record; `undefined`: whatever stands there. */
  erase(ifGeneration: number | undefined): Promise<'ok' | 'conflict'> {
    const condition = ifGeneration === undefined ? undefined : { ifGeneration };
    return this.#ask('store_write', () => this.parts.store.remove(this.key, condition));
  }

  /** Keeps in memory what the store did not take. */
  keep(record: TokenRecord, before: TokenRecord | undefined): void {
    this.#unpersisted = {
      record,
      ifGeneration: this.#unpersisted ? this.#unpersisted.ifGeneration : before?.generation,
    };
    this.record = record;
  }

  /** Nothing of before counts any more. */
  forget(): void {
    this.epoch += 1;
    this.held = undefined;
    this.record = undefined;
    this.#unpersisted = undefined;
  }

  /** What `before` becomes by this process's hand. */
  successor(before: TokenRecord | undefined, change: RecordChange): TokenRecord {
    return successor(before, change, { nowMs: this.parts.clock.nowMs(), writer: this.parts.writer });
  }

  /** The token of a record's grant, as it is from `since` on. */
  issued(
    record: TokenRecord,
    grant: Grant,
    since: Instant = instantOf(this.parts.clock),
    persisted = true,
  ): IssuedToken {
    const { policy, clock, writer } = this.parts;
    const { generation, skewMs, receivedAtMs = since.wallMs } = record;
    const receipt = { receivedAtMs, skewMs, seed: `${this.key} ${generation} ${writer}` };
    return new IssuedToken({ fields: grant.token, receipt, since, generation, persisted }, policy, clock);
  }

  /** The token of a record that was read. One that is held already knows its age better than the record does. */
  found(record: TokenRecord, grant: Grant): IssuedToken {
    return this.held?.token === grant.token.token ? this.held : this.issued(record, grant);
  }

  /** Callers get this token from now on. */
  take(record: TokenRecord, token: IssuedToken): IssuedToken {
    const isOther = this.held?.token !== token.token;
    this.record = record;
    this.held = token;
    this.lastError = undefined;
    this.taken?.(token);
    if (isOther) this.tell('token.change', { generation: token.generation, expiresAtMs: token.expiresAtMs });
    return token;
  }

  error(code: TokenErrorCode, message: string, facts: Partial<TokenErrorFacts> = {}): TokenError {
    return new TokenError({ provider: this.parts.provider.id, key: keyHash(this.key), ...facts, code, message });
  }

  /** Whatever was thrown, as the error that callers get. */
  failure(thrown: unknown): TokenError {
    if (!isTokenError(thrown)) return this.error('config', 'the provider failed', { cause: thrown });
    if (thrown.key !== undefined) return thrown;
    return this.error(thrown.code, thrown.message, { ...thrown, cause: thrown.cause });
  }

  async #ask<Result>(code: 'store_read' | 'store_write', work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (thrown) {
      if (isTokenError(thrown)) throw this.failure(thrown);
      throw this.error(code, 'the token store does not answer', { cause: thrown, retryable: true });
    }
  }
}
