/** Use case: a resource server asks what a token is (RFC 7662). Exact: what was revoked is inactive from the commit on. */

import type { ClientSecretProof } from '../core/proof.ts';
import { accept, type Decision } from '../core/reasons.ts';
import { unixSeconds } from '../core/time.ts';
import type { TokenFormat, TokenView } from '../core/token.ts';
import { authenticateClient, type ClientCheck, mayAskAbout } from './authenticate-client.ts';
import type { RequestContext } from './context.ts';
import type { People } from './people.ts';
import type { GrantStore, Signer } from './ports.ts';
import { recognize } from './recognize.ts';
import type { Sightings } from './sightings.ts';

export interface IntrospectParts {
  readonly clientCheck: ClientCheck;
  readonly store: Pick<GrantStore, 'findGrant'>;
  readonly people: Pick<People, 'mayAct'>;
  readonly sightings: Sightings;
  readonly signer: Signer;
  readonly formats: readonly TokenFormat[];
}

/** The answer of RFC 7662, section 2.2. Why a token is inactive is nobody's business outside. */
export type Introspection =
  | { readonly active: false }
  | {
      readonly active: true;
      /** Kind of token, such as `sls_ticket` or `sls_access_token`. */
      readonly token_type: string;
      readonly sub: string;
      /** Unix seconds. */
      readonly iat: number;
      readonly exp: number;
      /** The grant. */
      readonly sid: string;
      readonly client_id?: string;
      readonly access_key_id?: string;
      readonly tenant: string;
    };

export async function introspect(
  parts: IntrospectParts,
  proof: ClientSecretProof,
  token: string,
  context: RequestContext,
): Promise<Decision<Introspection>> {
  const authenticated = await authenticateClient(parts.clientCheck, proof, 'introspect');
  if (!authenticated.ok) return authenticated;
  const recognized = await recognize(parts, token, context.nowMs);
  if (!recognized.ok || !mayAskAbout(authenticated.value, recognized.value.grant.tenant))
    return accept({ active: false });
  if (!(await parts.people.mayAct(recognized.value.grant))) return accept({ active: false });
  const { grant, facts } = recognized.value;
  parts.sightings.note(grant, facts.generation);
  return accept(describe(recognized.value));
}

function describe({ format, facts, grant }: TokenView): Introspection {
  return {
    active: true,
    token_type: format.type,
    sub: grant.subject,
    iat: unixSeconds(facts.issuedAtMs),
    exp: unixSeconds(facts.expiresAtMs),
    sid: grant.id,
    ...(grant.clientId === undefined ? {} : { client_id: grant.clientId }),
    ...(grant.accessKeyId === undefined ? {} : { access_key_id: grant.accessKeyId }),
    tenant: grant.tenant,
  };
}
