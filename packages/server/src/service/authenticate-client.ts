/** Checks a confidential client's secret, and what the client may ask (RFC 6749, section 2.3.1; RFC 7662, section 2.1). */

import type { Client, ClientPermission } from '../core/directory.ts';
import type { ClientSecretProof, Hashing } from '../core/proof.ts';
import { accept, type Decision, refuse } from '../core/reasons.ts';
import type { DirectoryStore, Sealing } from './ports.ts';

export interface ClientCheck {
  readonly store: Pick<DirectoryStore, 'findClient'>;
  readonly sealing: Sealing;
  readonly hashing: Hashing;
}

/** Purpose of the keyed hash under which client secrets are kept. */
export const clientSecretPurpose = 'client_secret';

/** A client of this tenant may ask about the grants of every tenant. */
export const everyTenant = '*';

export async function authenticateClient(
  check: ClientCheck,
  proof: ClientSecretProof,
  permission: ClientPermission,
): Promise<Decision<Client>> {
  const { clientId } = proof;
  // Hashed whether the client exists or not, so that the time tells nothing.
  const presented = check.sealing.keyedHash(proof.clientSecret, clientSecretPurpose);
  const client = await check.store.findClient(clientId);
  if (!client || client.status === 'disabled' || !check.hashing.equal(presented, client.secretHash)) {
    return refuse({ code: 'client_authentication_failed', clientId });
  }
  if (!client.permissions.includes(permission)) return refuse({ code: 'client_not_permitted', clientId, permission });
  return accept(client);
}

export const mayAskAbout = (client: Client, tenant: string): boolean =>
  client.tenant === everyTenant || client.tenant === tenant;
