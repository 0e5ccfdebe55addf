/** Tenants, users, access keys, clients and resources. */

import type { AuditEvent } from '../../core/audit.ts';
import type { Client, ClientChange } from '../../core/client.ts';
import type { AccessKey, AccessKeyHolder, Resource, Status, Tenant, User, UserChange } from '../../core/directory.ts';
import type { Page, PageAsk } from './page.ts';

export interface DirectoryStore {
  createTenant(tenant: Tenant, event: AuditEvent): Promise<void>;
  findTenant(id: string): Promise<Tenant | undefined>;
  setTenantStatus(id: string, status: Status, event: AuditEvent): Promise<boolean>;
  listTenants(page: PageAsk): Promise<Page<Tenant>>;
  createUser(user: User, event: AuditEvent): Promise<void>;
  findUser(tenant: string, id: string): Promise<User | undefined>;
  findUserByLogin(tenant: string, loginName: string): Promise<User | undefined>;
  /** Throws `AlreadyExists` where the login name is another user's. */
  setUser(tenant: string, id: string, change: UserChange, event: AuditEvent): Promise<boolean>;
  /**
   * Deletes the user, its access keys and consents, and ends every grant of it, so that a later user of the same id
   * inherits nothing.
   */
  deleteUser(tenant: string, id: string, nowMs: number, event: AuditEvent): Promise<boolean>;
  /** True the first time, for one caller of any number. No audit event. */
  markFirstLogin(tenant: string, id: string, nowMs: number): Promise<boolean>;
  listUsers(filter: { readonly tenant?: string | undefined }, page: PageAsk): Promise<Page<User>>;
  createAccessKey(accessKey: AccessKey, event: AuditEvent): Promise<void>;
  findAccessKey(id: string): Promise<AccessKeyHolder | undefined>;
  setAccessKeyStatus(id: string, status: Status, event: AuditEvent): Promise<boolean>;
  listAccessKeys(
    filter: { readonly tenant?: string | undefined; readonly userId?: string | undefined },
    page: PageAsk,
  ): Promise<Page<AccessKey>>;
  createClient(client: Client, event: AuditEvent): Promise<void>;
  findClient(id: string): Promise<Client | undefined>;
  setClient(id: string, change: ClientChange, event: AuditEvent): Promise<boolean>;
  /** Deletes the client and the consents to it, and ends every grant that it was given. */
  deleteClient(id: string, nowMs: number, event: AuditEvent): Promise<boolean>;
  listClients(
    filter: { readonly tenant?: string | undefined; readonly dialect?: string | undefined },
    page: PageAsk,
  ): Promise<Page<Client>>;
  createResource(resource: Resource, event: AuditEvent): Promise<void>;
  findResource(tenant: string, id: string): Promise<Resource | undefined>;
  setResource(
    tenant: string,
    id: string,
    change: Partial<Pick<Resource, 'name' | 'status' | 'accessTokens' | 'scopes'>>,
    event: AuditEvent,
  ): Promise<boolean>;
  deleteResource(tenant: string, id: string, event: AuditEvent): Promise<boolean>;
  listResources(filter: { readonly tenant?: string | undefined }, page: PageAsk): Promise<Page<Resource>>;
}
