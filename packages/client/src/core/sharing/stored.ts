/** The record as it stands in the store, and what the store did not take of it. */

import type { Engine } from '../engine.ts';
import { isTokenError } from '../errors.ts';
import { IssuedToken } from '../issued-token.ts';
import { clockToleranceMs, type Instant, instantOf } from '../lifetime.ts';
import type { Grant } from '../provider.ts';
import type { StoreMethods, TokenRecord } from '../token-store.ts';

/** A record that the store did not take. It stands in for the stored one, for as long as that does not move on. */
export interface Unpersisted {
  readonly record: TokenRecord;
  readonly ifGeneration: number | undefined;
}

export class Stored {
  readonly engine: Engine;
  readonly #store: StoreMethods;
  #unpersisted: Unpersisted | undefined;

  constructor(engine: Engine, store: StoreMethods) {
    this.engine = engine;
    this.#store = store;
  }

  /** What stands in the store now. */
  look(): Promise<TokenRecord | undefined> {
    return this.#ask('store_read', () => this.#store.read(this.engine.key));
  }

  /** The stored record, or the one that the store did not take, for `Engine.record`. */
  async read(): Promise<void> {
    const { engine } = this;
    let stored: TokenRecord | undefined;
    try {
      stored = await this.look();
    } catch (error) {
      // Where nothing can be spent, a token without a store is better than none.
      if (engine.provider.traits.rotates !== 'no') throw error;
      return;
    }
    engine.record = standing(this.#unpersisted, stored);
    if (engine.record === stored) this.#unpersisted = undefined;
    else if (engine.record && !(await this.#retry(engine.record))) await this.read();
  }

  /** Whether nothing stands there, nor ought to, where the store has `stored`. */
  isEmpty(stored: TokenRecord | undefined): boolean {
    return standing(this.#unpersisted, stored) === undefined;
  }

  /** Writes what follows on `before`; false: something else stands there. */
  async put(record: TokenRecord, before: TokenRecord | undefined): Promise<boolean> {
    const { key } = this.engine;
    const condition = { ifGeneration: this.#generationBefore(before) };
    const outcome = await this.#ask('store_write', () => this.#store.write(key, record, condition));
    if (outcome !== 'ok') return false;
    this.#unpersisted = undefined;
    this.engine.record = record;
    return true;
  }

  /** Keeps in memory what the store did not take. */
  keep(record: TokenRecord, before: TokenRecord | undefined): void {
    this.#unpersisted = { record, ifGeneration: this.#generationBefore(before) };
    this.engine.record = record;
  }

  /** Removes the record of this generation; `undefined`: whatever stands there. */
  async erase(generation: number | undefined): Promise<boolean> {
    const condition = generation === undefined ? undefined : { ifGeneration: generation };
    return (await this.#ask('store_write', () => this.#store.remove(this.engine.key, condition))) === 'ok';
  }

  /** Nothing of before counts any more. Returns what the store did not take of it. */
  forget(): Unpersisted | undefined {
    const forgotten = this.#unpersisted;
    this.engine.record = undefined;
    this.#unpersisted = undefined;
    return forgotten;
  }

  /** The token of a record that was read. One that is held already knows its age better than the record does. */
  found(record: TokenRecord, grant: Grant): IssuedToken {
    const { engine } = this;
    if (engine.held?.token === grant.token.token) return engine.held;
    return new IssuedToken(engine, record, grant, receiptOf(engine, record));
  }

  watch(changed: () => void): (() => void) | undefined {
    return this.#store.watch?.(this.engine.key, changed);
  }

  /** Writes what the store did not take before; false: something else stands there by now. */
  async #retry(record: TokenRecord): Promise<boolean> {
    const { policy, provider } = this.engine;
    try {
      return await this.put(record, undefined);
    } catch (error) {
      // Who may not use what is not kept may not do so the second time either.
      if (policy.onPersistFailure === 'throw' && provider.traits.rotates !== 'no') throw error;
      return true;
    }
  }

  #generationBefore(before: TokenRecord | undefined): number | undefined {
    return this.#unpersisted ? this.#unpersisted.ifGeneration : before?.generation;
  }

  async #ask<Result>(code: 'store_read' | 'store_write', work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (cause) {
      if (isTokenError(cause)) throw this.engine.failure(cause);
      throw this.engine.error(code, 'the token store does not answer', { cause, retryable: true });
    }
  }
}

/** The record that counts. */
export const standing = (
  unpersisted: Unpersisted | undefined,
  stored: TokenRecord | undefined,
): TokenRecord | undefined =>
  (unpersisted?.ifGeneration === stored?.generation ? unpersisted?.record : undefined) ?? stored;

/** When the record's grant was received, by the clocks of this process. */
function receiptOf({ clock }: Engine, { receivedAtMs, skewMs }: TokenRecord): Instant {
  const { wallMs, monoMs } = instantOf(clock);
  if (receivedAtMs === undefined) return { wallMs, monoMs };
  const ageMs = wallMs + (clock.offsetMs() || skewMs) - (receivedAtMs + skewMs);
  // Received in the future: the clock was set back, and nobody knows how old it is. As old as can be.
  const countedMs = ageMs < -clockToleranceMs ? wallMs : Math.max(0, ageMs);
  return { wallMs: wallMs - countedMs, monoMs: monoMs - countedMs };
}
