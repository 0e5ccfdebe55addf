/**
 * Use case: a client hands a token back, and its session ends (RFC 7009). An access token of ours has no row of its own, so
 * handing one back ends its session too (section 2.1 leaves that to the server).
 */

import type { Client } from '../core/client.ts';
import type { EndCommand } from '../core/command.ts';
import type { StoredGrant } from '../core/grant.ts';
import type { EndedOutcome } from '../core/outcome.ts';
import { accept, type Decision, refuse } from '../core/reasons.ts';
import { admitClient } from './admit-client.ts';
import { mayAskAbout } from './authenticate-client.ts';
import type { RequestContext } from './context.ts';
import { recognizeAny } from './recognize.ts';
import type { SessionUseParts } from './session-parts.ts';

export async function endSession(
  parts: SessionUseParts,
  command: EndCommand,
  { nowMs, requestId, remote }: RequestContext,
): Promise<Decision<EndedOutcome>> {
  const admitted = await admitClient(parts.clientCheck, command, nowMs);
  if (!admitted.ok) return admitted;
  const client = admitted.value;
  const ended = accept<EndedOutcome>({ did: 'ended' });
  const recognized = await recognizeAny(parts, command.token, nowMs);
  if (!recognized.ok) return command.mustBeAlive ? recognized : ended;
  const { grant, kind } = recognized.value;
  if (!mayEnd(client, grant)) {
    return command.mustBeAlive ? refuse({ code: 'grant_foreign', grantId: grant.id }) : ended;
  }
  await parts.store.revokeGrant(grant.id, nowMs, {
    atMs: nowMs,
    type: 'token.revoked',
    requestId,
    remote,
    dialect: grant.dialect,
    operation: command.operation,
    tenant: grant.tenant,
    actor: client.id,
    subject: grant.subject,
    grantId: grant.id,
    detail: kind,
  });
  return ended;
}

/** Its own session, or any of its tenant where an operator said so. */
const mayEnd = (client: Client, grant: StoredGrant): boolean =>
  grant.clientId === client.id || (client.permissions.includes('revoke') && mayAskAbout(client, grant.tenant));
