/** Who stands behind a grant, and whether they may still act: a disabled account holds from the next request on. */

import type { Client } from '../core/client.ts';
import type { Tenant, User } from '../core/directory.ts';
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
  findTenant(id: string): Promise<Tenant | undefined>;
  findUser(tenant: string, id: string): Promise<User | undefined>;
  /** `undefined` where there is none, or none of this dialect. */
  findClient(id: string, dialect: string | undefined): Promise<Client | undefined>;
  forget(): void;
}

type PeopleStore = Pick<DirectoryStore, 'findUser' | 'findTenant' | 'findClient'> & Pick<RegionStore, 'memberships'>;

const isThere = (value: unknown): boolean => value !== undefined;

export function createPeople(store: PeopleStore, maxEntries: number): People {
  // What is not there is not kept: ids that somebody makes up must not push out those that are in use.
  const clients = createCached(maxEntries, (id) => store.findClient(id), isThere);
  const loadUser = (key: string): Promise<User | undefined> => {
    const [tenant, id] = JSON.parse(key) as [string, string];
    return store.findUser(tenant, id);
  };
  const users = createCached(maxEntries, loadUser, isThere);
  // Users in the place of clients that act for themselves: that there is none is kept too, since each is a client's id.
  const selves = createCached(maxEntries, loadUser);
  const memberships = createCached(maxEntries, (key) => {
    const [tenant, id] = JSON.parse(key) as [string, string];
    return store.memberships(tenant, id);
  });
  const tenants = createCached(maxEntries, (id) => store.findTenant(id), isThere);

  const userKey = (tenant: string, id: string): string => JSON.stringify([tenant, id]);

  async function standing({ tenant, subject, clientId }: Holder): Promise<Standing> {
    // One after the other: what is at hand, as nearly always, then costs no more than the look at it.
    const home = await tenants.get(tenant);
    const client = clientId === undefined ? undefined : await clients.get(clientId);
    const isSelf = client !== undefined && subject === clientId;
    const user = await (isSelf ? selves : users).get(userKey(tenant, subject));
    const isKnown = user ? user.status === 'enabled' : subject === clientId;
    const hasClient = clientId === undefined || client?.status === 'enabled';
    return { mayAct: home?.status === 'enabled' && isKnown && hasClient, user, client };
  }

  return {
    standing,
    mayAct: async (holder) => (await standing(holder)).mayAct,
    memberships: async ({ tenant, id }) => memberships.get(userKey(tenant, id)),
    findTenant: async (id) => tenants.get(id),
    findUser: async (tenant, id) => users.get(userKey(tenant, id)),
    async findClient(id, dialect) {
      const client = await clients.get(id);
      return dialect === undefined || client?.dialect === dialect ? client : undefined;
    },
    forget() {
      clients.forget();
      users.forget();
      selves.forget();
      tenants.forget();
      memberships.forget();
    },
  };
}
