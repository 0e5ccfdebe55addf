/** Use case: a resource server asks what a token is (RFC 7662). Exact: what was revoked is inactive from the commit on. */

import type { Client } from '../core/client.ts';
import type { IntrospectCommand } from '../core/command.ts';
import type { StoredGrant } from '../core/grant.ts';
import type { Introspection, IntrospectionOutcome } from '../core/outcome.ts';
import { accept, type Decision } from '../core/reasons.ts';
import { generationSinceMs } from '../core/renewal.ts';
import { unixSeconds } from '../core/time.ts';
import { admitClient } from './admit-client.ts';
import { mayAskAbout, requirePermission } from './authenticate-client.ts';
import { type CheckedToken, checkToken } from './check-token.ts';
import type { RequestContext } from './context.ts';
import type { SessionUseParts } from './session-parts.ts';

const inactive: Decision<IntrospectionOutcome> = accept({ did: 'introspection', introspection: { active: false } });

export async function introspect(
  parts: SessionUseParts,
  command: IntrospectCommand,
  { nowMs }: RequestContext,
): Promise<Decision<IntrospectionOutcome>> {
  const admitted = await admitClient(parts.clientCheck, command, nowMs);
  if (!admitted.ok) return admitted;
  const permitted = requirePermission(admitted.value, 'introspect');
  if (!permitted.ok) return permitted;
  const checked = await checkToken(parts, command.token, nowMs);
  if (!checked.ok || !mayAskAbout(permitted.value, checked.value.grant.tenant)) return inactive;
  const { grant, view, generation } = checked.value;
  if (!serves(permitted.value, grant)) return inactive;
  if (view) parts.sightings.note(grant, generation);
  return accept({ did: 'introspection', introspection: describe(checked.value) });
}

/** A token that is for certain resources is nothing to the servers of others (RFC 7662, section 4). */
const serves = ({ resources }: Client, { audience }: StoredGrant): boolean =>
  resources.length === 0 || (audience !== undefined && resources.includes(audience));

function describe({ view, grant, kind }: CheckedToken): Introspection {
  const scope = view?.facts.scope ?? grant.scope;
  const issuedAtMs = view ? view.facts.issuedAtMs : generationSinceMs(grant);
  return {
    active: true,
    token_type: view?.format.tokenType ?? kind,
    sub: grant.subject,
    ...(issuedAtMs === undefined ? {} : { iat: unixSeconds(issuedAtMs) }),
    exp: unixSeconds(view?.facts.expiresAtMs ?? grant.renewByMs),
    sid: grant.id,
    ...(view?.facts.issuer === undefined ? {} : { iss: view.facts.issuer }),
    ...(grant.audience === undefined ? {} : { aud: grant.audience }),
    ...(scope === undefined ? {} : { scope }),
    ...(grant.clientId === undefined ? {} : { client_id: grant.clientId }),
    ...(grant.accessKeyId === undefined ? {} : { access_key_id: grant.accessKeyId }),
    ...(view?.facts.role === undefined ? {} : { role: view.facts.role }),
    tenant: grant.tenant,
  };
}
