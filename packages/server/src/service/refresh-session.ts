/** Use case: an authenticated client refreshes a session of its own (RFC 6749, section 6). */

import type { RefreshCommand } from '../core/command.ts';
import type { SessionOutcome } from '../core/outcome.ts';
import { accept, type Decision } from '../core/reasons.ts';
import { admitClient } from './admit-client.ts';
import { bindingOf } from './authenticate-client.ts';
import { clientOfToken } from './client-of-token.ts';
import type { RequestContext } from './context.ts';
import { refresh } from './refresh.ts';
import { rotatingSpeech, sessionOutcome } from './session-outcome.ts';
import type { SessionUseParts } from './session-parts.ts';

export async function refreshSession(
  parts: SessionUseParts,
  command: RefreshCommand,
  context: RequestContext,
): Promise<Decision<SessionOutcome>> {
  const { nowMs } = context;
  const { operation, refreshToken, idempotencyKey, scope, resource } = command;
  const named = await clientOfToken(parts, command.client, refreshToken);
  if (!named.ok) return named;
  const admitted = await admitClient(parts.clientCheck, { ...command, client: named.value }, nowMs);
  if (!admitted.ok) return admitted;
  const client = admitted.value;
  const refreshed = await refresh(
    parts,
    rotatingSpeech(parts.resources, command.speech, client),
    { operation, refreshToken, binding: bindingOf(client), idempotencyKey, actor: client.id, scope, resource },
    context,
  );
  if (!refreshed.ok) return refreshed;
  return accept(await sessionOutcome(parts, client, refreshed.value, { isNew: false, canRefresh: true, scope }, nowMs));
}
