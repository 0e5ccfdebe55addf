/**
 * Whether the user behind a grant may still act. A bounded cache: whoever changes a user or a tenant calls `forget`, so that
 * what a disabled account has handed out is refused from the next request on.
 */

import type { Grant } from '../core/grant.ts';
import type { DirectoryStore } from './ports.ts';

export interface People {
  /** False where the grant's tenant or user is disabled or gone. */
  mayAct(grant: Pick<Grant, 'tenant' | 'subject'>): Promise<boolean>;
  forget(): void;
}

export function createPeople(store: Pick<DirectoryStore, 'findUser' | 'findTenant'>, maxEntries: number): People {
  const cache = new Map<string, boolean>();
  let epoch = 0;

  async function look(tenant: string, subject: string): Promise<boolean> {
    const [found, user] = await Promise.all([store.findTenant(tenant), store.findUser(tenant, subject)]);
    return found?.status === 'enabled' && user?.status === 'enabled';
  }

  return {
    async mayAct({ tenant, subject }) {
      const key = JSON.stringify([tenant, subject]);
      const cached = cache.get(key);
      if (cached !== undefined) return cached;
      const before = epoch;
      const may = await look(tenant, subject);
      // A change during the read makes what was read too old to keep.
      if (epoch !== before) return may;
      if (cache.size >= maxEntries) cache.clear();
      cache.set(key, may);
      return may;
    },
    forget() {
      epoch++;
      cache.clear();
    },
  };
}
