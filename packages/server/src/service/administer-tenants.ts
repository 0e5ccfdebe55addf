/** Use cases: an operator creates, enables, disables and lists tenants. */

import type { Status, Tenant } from '../core/directory.ts';
import { type Administration, changeEvent, NotFound, withFreshCredentials } from './administration.ts';
import type { RequestContext } from './context.ts';
import type { Page, PageAsk } from './ports.ts';
import { alphabets, randomText } from './random-text.ts';

export interface NewTenant {
  /** Default: 16 digits, as an Alibaba Cloud account has them. */
  readonly id?: string | undefined;
  readonly name: string;
}

export async function createTenant(
  administration: Administration,
  asked: NewTenant,
  context: RequestContext,
): Promise<Tenant> {
  const id = asked.id ?? `1${randomText(administration.random, alphabets.digits, 15)}`;
  const tenant: Tenant = { id, name: asked.name, status: 'enabled', createdAtMs: context.nowMs };
  const event = changeEvent('tenant.created', context, { tenant: id, detail: asked.name });
  await withFreshCredentials(administration, () => administration.store.createTenant(tenant, event));
  return tenant;
}

export async function setTenantStatus(
  administration: Administration,
  id: string,
  status: Status,
  context: RequestContext,
): Promise<Tenant> {
  const tenant = await findTenant(administration, id);
  const event = changeEvent('tenant.changed', context, { tenant: id, detail: status });
  const set = () => administration.store.setTenantStatus(id, status, event);
  if (!(await withFreshCredentials(administration, set))) throw new NotFound('tenant', id);
  return { ...tenant, status };
}

export async function findTenant(administration: Administration, id: string): Promise<Tenant> {
  const tenant = await administration.store.findTenant(id);
  if (!tenant) throw new NotFound('tenant', id);
  return tenant;
}

export const listTenants = (administration: Administration, page: PageAsk): Promise<Page<Tenant>> =>
  administration.store.listTenants(page);
