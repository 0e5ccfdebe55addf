/** Use cases: an operator creates, changes, deletes and lists applications. */

import type { Client, ClientChange, ClientPermission, ClientRotation } from '../core/client.ts';
import type { Status } from '../core/directory.ts';
import { type Administration, changeEvent, NotFound, requireTenant, withFreshCredentials } from './administration.ts';
import { clientSecretPurpose, everyTenant } from './authenticate-client.ts';
import type { RequestContext } from './context.ts';
import {
  type CreatedClient,
  givenKey,
  type NewClient,
  newClient,
  newPair,
  redirectUrisOf,
  rotationOf,
  scopeListOf,
  typeOf,
} from './new-client.ts';
import type { Page, PageAsk } from './ports.ts';
import { randomSecret } from './random-text.ts';

export type { CreatedClient, NewClient } from './new-client.ts';

/** Members that are absent stay. */
export interface ClientEdit {
  readonly name?: string | undefined;
  readonly status?: Status | undefined;
  /** Public key in PEM or as a JWK; takes the place of the earlier ones. */
  readonly publicKey?: string | undefined;
  readonly redirectUris?: readonly string[] | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly isThirdParty?: boolean | undefined;
  readonly rotation?: Partial<ClientRotation> | undefined;
  readonly permissions?: readonly ClientPermission[] | undefined;
  readonly resources?: readonly string[] | undefined;
}

export async function createClient(
  administration: Administration,
  asked: NewClient,
  context: RequestContext,
): Promise<CreatedClient> {
  if (asked.tenant !== everyTenant) await requireTenant(administration, asked.tenant);
  const created = await newClient(administration, asked, context.nowMs);
  const { client } = created;
  const { id, tenant, dialect, type, permissions } = client;
  const detail = `${id} ${dialect} ${type}, may ${permissions.join(', ') || 'nothing'} beside its own tokens`;
  const event = changeEvent('client.created', context, { tenant, detail });
  await withFreshCredentials(administration, () => administration.store.createClient(client, event));
  return created;
}

export async function changeClient(
  administration: Administration,
  id: string,
  edit: ClientEdit,
  context: RequestContext,
): Promise<Client> {
  const client = await findClient(administration, id);
  const change = changeOf(administration, client, edit);
  const detail = `${id} ${Object.keys(change).join(', ')}${edit.status === undefined ? '' : `: ${edit.status}`}`;
  const event = changeEvent('client.changed', context, { tenant: client.tenant, detail });
  const set = () => administration.store.setClient(id, change, event);
  if (!(await withFreshCredentials(administration, set))) throw new NotFound('client', id);
  return { ...client, ...change };
}

/** Only what was said: a member that is there but empty would be a change. */
function changeOf(administration: Administration, client: Client, edit: ClientEdit): ClientChange {
  const { name, status, publicKey, redirectUris, scopes, isThirdParty, rotation, permissions, resources } = edit;
  const type = { hasRedirectUris: client.redirectUris.length > 0, name: client.type };
  return {
    ...(name === undefined ? {} : { name }),
    ...(status === undefined ? {} : { status }),
    ...(publicKey === undefined ? {} : { keys: [givenKey(administration, typeOf(administration, client), publicKey)] }),
    ...(redirectUris === undefined ? {} : { redirectUris: redirectUrisOf(type, redirectUris) }),
    ...(scopes === undefined ? {} : { scopes: scopeListOf(scopes) }),
    ...(isThirdParty === undefined ? {} : { isThirdParty }),
    ...(rotation === undefined
      ? {}
      : { rotation: rotationOf(client.authentication, { ...client.rotation, ...rotation }) }),
    ...(permissions === undefined ? {} : { permissions }),
    ...(resources === undefined ? {} : { resources }),
  };
}

/** Gives a client another secret; the old one is refused from the next request on. */
export async function renewSecret(
  administration: Administration,
  id: string,
  context: RequestContext,
): Promise<{ readonly client: Client; readonly secret: string }> {
  const client = await findClient(administration, id);
  if (client.authentication !== 'client_secret') throw new NotFound('secret of client', id);
  const secret = randomSecret(administration.random);
  const change = { secretHash: administration.sealing.keyedHash(secret, clientSecretPurpose) };
  const event = changeEvent('client.changed', context, { tenant: client.tenant, detail: `${id} secret` });
  const set = () => administration.store.setClient(id, change, event);
  if (!(await withFreshCredentials(administration, set))) throw new NotFound('client', id);
  return { client: { ...client, ...change }, secret };
}

/** Gives a client another pair of keys; what the old one signs is refused from the next request on. */
export async function renewKey(
  administration: Administration,
  id: string,
  context: RequestContext,
): Promise<{ readonly client: Client; readonly privateKeyPem: string }> {
  const client = await findClient(administration, id);
  const { key, privateKeyPem } = await newPair(administration, typeOf(administration, client));
  const change = { keys: [key] };
  const event = changeEvent('client.changed', context, { tenant: client.tenant, detail: `${id} key` });
  const set = () => administration.store.setClient(id, change, event);
  if (!(await withFreshCredentials(administration, set))) throw new NotFound('client', id);
  return { client: { ...client, ...change }, privateKeyPem };
}

/** Every grant of the client ends with it. */
export async function deleteClient(administration: Administration, id: string, context: RequestContext): Promise<void> {
  const client = await findClient(administration, id);
  const event = changeEvent('client.deleted', context, { tenant: client.tenant, detail: id });
  const remove = () => administration.store.deleteClient(id, context.nowMs, event);
  if (!(await withFreshCredentials(administration, remove))) throw new NotFound('client', id);
}

export async function findClient(administration: Administration, id: string): Promise<Client> {
  const client = await administration.store.findClient(id);
  if (!client) throw new NotFound('client', id);
  return client;
}

export const listClients = (
  administration: Administration,
  filter: { readonly tenant?: string | undefined; readonly dialect?: string | undefined },
  page: PageAsk,
): Promise<Page<Client>> => administration.store.listClients(filter, page);
