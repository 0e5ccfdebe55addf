/** Use cases: an operator creates, enables, disables and lists confidential clients, such as resource servers. */

import type { Client, ClientPermission, Status } from '../core/directory.ts';
import { type Administration, changeEvent, NotFound, requireTenant } from './administration.ts';
import { clientSecretPurpose, everyTenant } from './authenticate-client.ts';
import type { RequestContext } from './context.ts';
import type { Page, PageAsk } from './ports.ts';
import { alphabets, randomSecret, randomText } from './random-text.ts';

export interface NewClient {
  /** A tenant's id, or `*` for a client that may ask about every tenant's grants. */
  readonly tenant: string;
  /** Default: `app-` and 20 of A-Z0-9. */
  readonly id?: string | undefined;
  readonly name: string;
  /** Default: 256 random bits. Only the emulator names one. */
  readonly secret?: string | undefined;
  readonly permissions: readonly ClientPermission[];
}

export interface CreatedClient {
  readonly client: Client;
  readonly secret: string;
}

export async function createClient(
  administration: Administration,
  asked: NewClient,
  context: RequestContext,
): Promise<CreatedClient> {
  const { store, sealing, random } = administration;
  const { tenant, name, permissions } = asked;
  if (tenant !== everyTenant) await requireTenant(administration, tenant);
  const id = asked.id ?? `app-${randomText(random, alphabets.upperDigits, 20)}`;
  const secret = asked.secret ?? randomSecret(random);
  const secretHash = sealing.keyedHash(secret, clientSecretPurpose);
  const client: Client = {
    id,
    tenant,
    name,
    status: 'enabled',
    secretHash,
    permissions,
    createdAtMs: context.nowMs,
  };
  const detail = `${id} may ${permissions.join(', ') || 'nothing'}`;
  await store.createClient(client, changeEvent('client.created', context, { tenant, detail }));
  return { client, secret };
}

export async function setClientStatus(
  administration: Administration,
  id: string,
  status: Status,
  context: RequestContext,
): Promise<Client> {
  const client = await findClient(administration, id);
  const event = changeEvent('client.changed', context, { tenant: client.tenant, detail: `${id} ${status}` });
  if (!(await administration.store.setClientStatus(id, status, event))) throw new NotFound('client', id);
  return { ...client, status };
}

export async function findClient(administration: Administration, id: string): Promise<Client> {
  const client = await administration.store.findClient(id);
  if (!client) throw new NotFound('client', id);
  return client;
}

export const listClients = (
  administration: Administration,
  filter: { readonly tenant?: string | undefined },
  page: PageAsk,
): Promise<Page<Client>> => administration.store.listClients(filter, page);
