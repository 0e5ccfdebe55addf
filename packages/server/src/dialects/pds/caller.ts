/** Who calls, and in which domain: read from the Host header, `domain_id`, the application's id and its secret. */

import { domainOfHost } from '@hufu/wire/pds';
import type { ClientProof } from '../../core/proof.ts';
import { accept, type Decision } from '../../core/reasons.ts';
import type { WireRequest } from '../dialect.ts';
import { type BodyRule, type Members, optionalOf, readMembers, requiredOf } from './members.ts';
import { malformed } from './problem.ts';

/** What every call has: its body, the application that it names, and the domain where it names one. */
export interface Call {
  readonly members: Members;
  readonly client: ClientProof;
  readonly tenant: string | undefined;
}

export interface CallRule extends BodyRule {
  /** The SDK's two kinds of body have two names for the same id. */
  readonly idName: 'client_id' | 'app_id';
  /** Whether the application may go unnamed, where its refresh token names it. */
  readonly mayOmitId?: boolean;
}

export function readCall(request: WireRequest, rule: CallRule): Decision<Call> {
  const members = readMembers(request, rule);
  if (!members.ok) return members;
  const tenant = readDomain(request.headers, members.value);
  if (!tenant.ok) return tenant;
  const client = readClient(members.value, rule);
  if (!client.ok) return client;
  return accept({ members: members.value, client: client.value, tenant: tenant.value });
}

/** No id of ours is longer, and none holds anything else. */
const idForm = /^[\x21-\x7e]{1,128}$/;

export function readId(members: Members, name: string): Decision<string> {
  const id = requiredOf(members, name);
  return !id.ok || idForm.test(id.value) ? id : malformed('invalid', name);
}

/** The domain that a request names, by its host or in its own words; both must say the same. */
export function readDomain(headers: WireRequest['headers'], members: Members): Decision<string | undefined> {
  const ofHost = domainOfHost(headers.host ?? '');
  const named = optionalOf(members, 'domain_id');
  if (named === undefined) return accept(ofHost);
  if (!idForm.test(named)) return malformed('invalid', 'domain_id');
  return ofHost === undefined || ofHost === named ? accept(named) : malformed('notMatch', 'domain_id');
}

/** Whoever sends a secret proves themselves with it, even if its text is `undefined`, as the SDK may write it. */
function readClient(members: Members, { idName, mayOmitId = false }: CallRule): Decision<ClientProof> {
  if (mayOmitId && optionalOf(members, idName) === undefined) return accept({ kind: 'client_of_token' });
  const id = readId(members, idName);
  if (!id.ok) return id;
  const clientSecret = idName === 'client_id' ? optionalOf(members, 'client_secret') : undefined;
  return accept(
    clientSecret === undefined
      ? { kind: 'client_name', clientId: id.value }
      : { kind: 'client_secret', clientId: id.value, clientSecret },
  );
}
