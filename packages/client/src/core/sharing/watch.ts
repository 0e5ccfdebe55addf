/** What others do to the record, between refreshes. */

import type { Engine } from '../engine.ts';
import type { IssuedToken } from '../issued-token.ts';
import type { Grant } from '../provider.ts';
import type { TokenRecord } from '../token-store.ts';
import type { Stored } from './stored.ts';

export class Watch {
  /** Told of the token that is held after a change, while a refresh waits for its turn. */
  taken: ((token: IssuedToken) => void) | undefined;
  readonly #stored: Stored;

  constructor(stored: Stored) {
    this.#stored = stored;
  }

  begin(): (() => void) | undefined {
    return this.#stored.watch(() => this.#look().catch(() => {}));
  }

  /** Serves the token of a record that is there, if it is newer than what is held. */
  takeUp(record: TokenRecord, grant: Grant): void {
    const { engine } = this.#stored;
    if (!engine.held || (record.receivedAtMs ?? 0) > engine.held.receivedAtMs) {
      const token = this.#stored.found(record, grant);
      if (!token.isServable() || token.token === engine.refused) return;
      engine.take(record, token);
    }
    if (engine.held) this.taken?.(engine.held);
  }

  /** Others changed the record. */
  async #look(): Promise<void> {
    const { engine } = this.#stored;
    const { held, epoch } = engine;
    const record = await this.#stored.look();
    if (epoch !== engine.epoch || engine.isClosed) return;
    if (record?.grant) this.takeUp(record, record.grant);
    else if (this.#stored.isEmpty(record) && held && held === engine.held) loggedOut(this.#stored, engine);
    engine.release();
  }
}

function loggedOut(stored: Stored, engine: Engine): void {
  engine.epoch += 1;
  engine.held = undefined;
  stored.forget();
  engine.tell('logout', { by: 'others' });
}
