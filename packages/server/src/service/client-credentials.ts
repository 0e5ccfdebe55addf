/** Use case: a client gets an access token for itself (RFC 6749, section 4.4): one grant, one token, nothing to refresh. */

import type { ClientCredentialsCommand } from '../core/command.ts';
import type { SessionOutcome } from '../core/outcome.ts';
import { accept, type Decision } from '../core/reasons.ts';
import { admitClient } from './admit-client.ts';
import { bindingOf } from './authenticate-client.ts';
import type { RequestContext } from './context.ts';
import { openSession } from './session.ts';
import { decideTarget, rotatingSpeech, sessionOutcome } from './session-outcome.ts';
import type { SessionUseParts } from './session-parts.ts';

export async function clientCredentials(
  parts: SessionUseParts,
  command: ClientCredentialsCommand,
  context: RequestContext,
): Promise<Decision<SessionOutcome>> {
  const { nowMs } = context;
  const { speech, operation } = command;
  const admitted = await admitClient(parts.clientCheck, command, nowMs);
  if (!admitted.ok) return admitted;
  const client = admitted.value;
  const target = await decideTarget(parts.resources, speech, client, command);
  if (!target.ok) return target;
  const opened = await openSession(
    parts,
    rotatingSpeech(parts.resources, speech, client),
    {
      operation,
      tenant: client.tenant,
      subject: client.id,
      clientId: client.id,
      binding: bindingOf(client),
      ...target.value,
      lifetimeSeconds: speech.accessTokenLifetimeSeconds,
      accessTokenLifetimeSeconds: speech.accessTokenLifetimeSeconds,
    },
    context,
  );
  if (!opened.ok) return opened;
  return accept(await sessionOutcome(parts, client, opened.value, { isNew: false, canRefresh: false }, nowMs));
}
