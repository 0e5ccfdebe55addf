/** Use case: anybody asks for the public key by which a client's assertions are checked. */

import type { ClientKeyCommand } from '../core/command.ts';
import type { ClientKeyOutcome } from '../core/outcome.ts';
import { accept, type Decision, refuse } from '../core/reasons.ts';
import type { SessionUseParts } from './session-parts.ts';

export async function clientKey(
  { people, assertions }: Pick<SessionUseParts, 'people' | 'assertions'>,
  { speech, client: { clientId }, tenant, clientTypes }: ClientKeyCommand,
): Promise<Decision<ClientKeyOutcome>> {
  const client = await people.findClient(clientId, speech.name);
  const [key] = client?.keys ?? [];
  const isAsked = (tenant ?? client?.tenant) === client?.tenant && (clientTypes?.includes(client?.type ?? '') ?? true);
  if (client?.status !== 'enabled' || !key || !isAsked) return refuse({ code: 'client_unknown', clientId });
  return accept({ did: 'client_key', client, publicKeyPem: assertions.pemOf(key), keyId: key.id });
}
