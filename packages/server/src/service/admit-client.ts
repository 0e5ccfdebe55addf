/** Lets a client in: it is who it says, of the tenant that the request names, and may make this call. */

import type { Client } from '../core/client.ts';
import { grantTypeOf, type SessionCommand } from '../core/command.ts';
import { accept, type Decision, refuse } from '../core/reasons.ts';
import { authenticateClient, type ClientCheck } from './authenticate-client.ts';

export async function admitClient(
  check: ClientCheck,
  command: SessionCommand,
  nowMs: number,
): Promise<Decision<Client>> {
  const authenticated = await authenticateClient(check, command.speech, command.client, nowMs);
  if (!authenticated.ok) return authenticated;
  const client = authenticated.value;
  if (command.tenant !== undefined && command.tenant !== client.tenant) {
    return refuse({ code: 'client_unknown', clientId: client.id });
  }
  const grantType = grantTypeOf(command);
  const isOfType = command.clientTypes?.includes(client.type) ?? true;
  const isRegistered = grantType === undefined || client.grantTypes.includes(grantType);
  if (!isOfType || !isRegistered) {
    return refuse({ code: 'grant_type_not_allowed', clientId: client.id, grantType: grantType ?? command.operation });
  }
  return accept(client);
}
