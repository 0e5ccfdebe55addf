/**
 * Grants that were looked up lately, so that a client that renews again and again costs no read (docs/decisions/0005).
 * It tells the truth because every write of the data folder passes through this process: whoever changes a grant
 * forgets it here, or puts it as it is now, when the change is answered; and changes are answered in their order.
 */

import type { StoredGrant } from '../../core/grant.ts';
import type { GrantId } from '../../core/ids.ts';

export class GrantCache {
  readonly #most: number;
  /** Two generations instead of a list in order of use: a full young one becomes the old one, and the old one goes. */
  #young = new Map<GrantId, StoredGrant>();
  #old = new Map<GrantId, StoredGrant>();

  /** @param most grants that are kept, an even number; 0 keeps none. */
  constructor(most: number) {
    this.#most = most;
  }

  get(id: GrantId): StoredGrant | undefined {
    const young = this.#young.get(id);
    if (young) return young;
    const old = this.#old.get(id);
    if (old) this.put(old);
    return old;
  }

  put(grant: StoredGrant): void {
    if (this.#most === 0) return;
    if (this.#young.size >= this.#most / 2) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(grant.id, grant);
  }

  forget(id: GrantId): void {
    this.#young.delete(id);
    this.#old.delete(id);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
