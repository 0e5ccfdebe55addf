/** Use case: a one-time code gives a session, once (RFC 6749, section 4.1.3; RFC 7636, section 4.5). */

import type { RedeemCommand } from '../core/command.ts';
import type { SessionOutcome } from '../core/outcome.ts';
import { accept, type Decision, refuse, refuseRecorded } from '../core/reasons.ts';
import { admitClient } from './admit-client.ts';
import { bindingOf } from './authenticate-client.ts';
import type { RequestContext } from './context.ts';
import { newSession } from './session.ts';
import { rotatingSpeech, sessionOutcome } from './session-outcome.ts';
import type { SessionUseParts } from './session-parts.ts';
import { tokenPair } from './token-pair.ts';

export async function redeem(
  parts: SessionUseParts,
  command: RedeemCommand,
  context: RequestContext,
): Promise<Decision<SessionOutcome>> {
  const { nowMs, requestId, remote } = context;
  const { speech, operation } = command;
  const admitted = await admitClient(parts.clientCheck, command, nowMs);
  if (!admitted.ok) return admitted;
  const client = admitted.value;
  const { hashing } = parts;
  const hash = hashing.digestHex('sha256', command.code);
  const code = await parts.store.findCode(hash);
  if (code?.dialect !== speech.name) return refuse({ code: 'code_unknown', clientId: client.id });
  if (command.resource !== undefined && command.resource !== code.audience) {
    return refuse({ code: 'target_not_allowed', clientId: client.id });
  }
  const { mayAct, user } = await parts.people.standing(code);
  if (!mayAct) return refuse({ code: 'account_disabled', tenant: code.tenant });

  const rotating = rotatingSpeech(parts.resources, speech, client);
  const grant = newSession(
    parts.random,
    rotating,
    {
      tenant: code.tenant,
      subject: code.subject,
      clientId: client.id,
      binding: bindingOf(client),
      scope: code.scope,
      audience: code.audience,
      lifetimeSeconds: speech.sessionLifetimeSeconds,
      accessTokenLifetimeSeconds: speech.accessTokenLifetimeSeconds,
    },
    nowMs,
  );
  const { codeVerifier, redirectUri } = command;
  const challenge = codeVerifier === undefined ? undefined : hashing.digestText('sha256', codeVerifier, 'base64url');
  const { tenant, subject } = code;
  const outcome = await parts.store.redeemCode({
    hash,
    presented: { clientId: client.id, redirectUri, challenge },
    grant,
    nowMs,
    event: { atMs: nowMs, requestId, remote, dialect: speech.name, operation, tenant, subject, actor: client.id },
  });
  // The store has kept this refusal with its decision.
  if (outcome.did === 'refused') return refuseRecorded(outcome.reason);
  const pair = await tokenPair(parts, rotating, grant, user, undefined, nowMs);
  return accept(await sessionOutcome(parts, client, pair, { isNew: true, canRefresh: true }, nowMs));
}
