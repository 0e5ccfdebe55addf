/** Use cases: an operator creates, changes, deletes and lists protected resources (RFC 8707). */

import type { Resource, Status } from '../core/directory.ts';
import {
  type Administration,
  changeEvent,
  NotAllowed,
  NotFound,
  requireTenant,
  withFreshCredentials,
} from './administration.ts';
import type { RequestContext } from './context.ts';
import { scopeListOf } from './new-client.ts';
import type { Page, PageAsk } from './ports.ts';

export interface NewResource {
  readonly tenant: string;
  /** Absolute URI without a fragment. */
  readonly id: string;
  readonly name: string;
  /** Default: `jwt`. */
  readonly accessTokens?: Resource['accessTokens'] | undefined;
  /** Default: every scope. */
  readonly scopes?: readonly string[] | undefined;
}

/** Members that are absent stay. */
export interface ResourceEdit {
  readonly name?: string | undefined;
  readonly status?: Status | undefined;
  readonly accessTokens?: Resource['accessTokens'] | undefined;
  readonly scopes?: readonly string[] | undefined;
}

const absoluteUri = /^[a-z][a-z0-9+.-]*:[\x21\x22\x24-\x7e]+$/i;

export async function createResource(
  administration: Administration,
  { tenant, id, name, accessTokens = 'jwt', scopes = [] }: NewResource,
  context: RequestContext,
): Promise<Resource> {
  await requireTenant(administration, tenant);
  if (!absoluteUri.test(id)) throw new NotAllowed('the id of a resource is an absolute URI without a fragment');
  const resource: Resource = {
    tenant,
    id,
    name,
    status: 'enabled',
    accessTokens,
    scopes: scopeListOf(scopes),
    createdAtMs: context.nowMs,
  };
  const event = changeEvent('resource.created', context, { tenant, detail: id });
  await withFreshCredentials(administration, () => administration.store.createResource(resource, event));
  return resource;
}

export async function changeResource(
  administration: Administration,
  tenant: string,
  id: string,
  { name, status, accessTokens, scopes }: ResourceEdit,
  context: RequestContext,
): Promise<Resource> {
  const resource = await findResource(administration, tenant, id);
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(status === undefined ? {} : { status }),
    ...(accessTokens === undefined ? {} : { accessTokens }),
    ...(scopes === undefined ? {} : { scopes: scopeListOf(scopes) }),
  };
  const detail = `${id} ${Object.keys(change).join(', ')}`;
  const event = changeEvent('resource.changed', context, { tenant, detail });
  const set = () => administration.store.setResource(tenant, id, change, event);
  if (!(await withFreshCredentials(administration, set))) throw missing(tenant, id);
  return { ...resource, ...change };
}

export async function deleteResource(
  administration: Administration,
  tenant: string,
  id: string,
  context: RequestContext,
): Promise<void> {
  const event = changeEvent('resource.deleted', context, { tenant, detail: id });
  const remove = () => administration.store.deleteResource(tenant, id, event);
  if (!(await withFreshCredentials(administration, remove))) throw missing(tenant, id);
}

export async function findResource(administration: Administration, tenant: string, id: string): Promise<Resource> {
  const resource = await administration.store.findResource(tenant, id);
  if (!resource) throw missing(tenant, id);
  return resource;
}

const missing = (tenant: string, id: string): NotFound => new NotFound('resource', `${id} in tenant ${tenant}`);

export const listResources = (
  administration: Administration,
  filter: { readonly tenant?: string | undefined },
  page: PageAsk,
): Promise<Page<Resource>> => administration.store.listResources(filter, page);
