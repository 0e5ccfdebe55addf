/** Who stands behind a grant, and whether they may still act: a disabled account holds from the next request on. */

import type { Client } from '../core/client.ts';
import type { User } from '../core/directory.ts';
import type { Grant } from '../core/grant.ts';
import type { Membership } from '../core/region.ts';
import { createCached } from './cached.ts';
import type { DirectoryStore, RegionStore } from './ports.ts';

/** Whom a grant acts for. */
type Holder = Pick<Grant, 'tenant' | 'subject' | 'clientId'>;

export interface Standing {
  /** False where the tenant, the user or the client is disabled or gone. */
  readonly mayAct: boolean;
  /** `undefined` where a client acts for itself. */
  readonly user: User | undefined;
  readonly client: Client | undefined;
}

export interface People {
  standing(holder: Holder): Promise<Standing>;
  mayAct(holder: Holder): Promise<boolean>;
  /** Every region that the user has an account in. */
  memberships(user: Pick<User, 'tenant' | 'id'>): Promise<readonly Membership[]>;
  /** `undefined` where there is none, or none of this dialect. */
  findClient(id: string, dialect: string | undefined): Promise<Client | undefined>;
  forget(): void;
}

type PeopleStore = Pick<DirectoryStore, 'findUser' | 'findTenant' | 'findClient'> & Pick<RegionStore, 'memberships'>;

const isThere = (value: unknown): boolean => value !== undefined;

export function createPeople(store: PeopleStore, maxEntries: number): People {
  // What is not there is not kept: ids that somebody makes up must not push out those that are in use.
  const clients = createCached(maxEntries, (id) => store.findClient(id), isThere);
  const users = createCached(
    maxEntries,
    (key) => {
      const [tenant, id] = JSON.parse(key) as [string, string];
      return store.findUser(tenant, id);
    },
    isThere,
  );
  const memberships = createCached(maxEntries, (key) => {
    const [tenant, id] = JSON.parse(key) as [string, string];
    return store.memberships(tenant, id);
  });
  const tenants = createCached(maxEntries, (id) => store.findTenant(id), isThere);

  async function standing({ tenant, subject, clientId }: Holder): Promise<Standing> {
    const [home, user, client] = await Promise.all([
      tenants.get(tenant),
      users.get(JSON.stringify([tenant, subject])),
      clientId === undefined ? undefined : clients.get(clientId),
    ]);
    const isKnown = user ? user.status === 'enabled' : subject === clientId;
    const hasClient = clientId === undefined || client?.status === 'enabled';
    return { mayAct: home?.status === 'enabled' && isKnown && hasClient, user, client };
  }

  return {
    standing,
    mayAct: async (holder) => (await standing(holder)).mayAct,
    memberships: async ({ tenant, id }) => memberships.get(JSON.stringify([tenant, id])),
    async findClient(id, dialect) {
      const client = await clients.get(id);
      return dialect === undefined || client?.dialect === dialect ? client : undefined;
    },
    forget() {
      clients.forget();
      users.forget();
      tenants.forget();
      memberships.forget();
    },
  };
}
