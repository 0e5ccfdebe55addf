/** Checks who signs in: by password on behalf of an organisation, or by an AccessKey of their own. */

import type { SignInCommand } from '../core/command.ts';
import type { User } from '../core/directory.ts';
import type { PasswordProof, SignatureProof } from '../core/proof.ts';
import { accept, type Decision, refuse } from '../core/reasons.ts';
import { addSeconds } from '../core/time.ts';
import { authenticatePassword, findByName, typedName } from './authenticate-password.ts';
import { authenticateSignature } from './authenticate-signature.ts';
import type { RequestContext } from './context.ts';
import type { DirectoryStore } from './ports.ts';
import type { RegionParts } from './region-token.ts';

export interface SignedIn {
  readonly user: User;
  /** The client on whose behalf it is, where there is one. */
  readonly organisation: string | undefined;
  readonly accessKeyId: string | undefined;
  /** End of temporary credentials. */
  readonly endsAtMs: number | undefined;
}

export function authenticateUser(
  parts: RegionParts,
  command: SignInCommand,
  context: RequestContext,
): Promise<Decision<SignedIn>> {
  const { proof } = command;
  switch (proof.kind) {
    case 'password':
      return byPassword(parts, command, proof, context);
    case 'signature':
      return bySignature(parts, command, proof, context);
  }
}

async function byPassword(
  parts: RegionParts,
  { speech, operation }: SignInCommand,
  { organisation, userName, password }: PasswordProof,
  context: RequestContext,
): Promise<Decision<SignedIn>> {
  const client = await parts.people.findClient(organisation, speech.name);
  // Who names none that there is waits as long, and is counted alike.
  const { id: clientId, tenant } = client?.status === 'enabled' ? client : { id: undefined, tenant: undefined };
  const ask = { tenant, clientId, name: userName, password, dialect: speech.name, operation };
  const checked = await authenticatePassword(parts.passwordCheck, ask, context);
  if (!checked.ok) return checked;
  return accept({ user: checked.value, organisation: clientId, accessKeyId: undefined, endsAtMs: undefined });
}

async function bySignature(
  parts: RegionParts,
  { speech }: SignInCommand,
  proof: SignatureProof,
  { nowMs }: RequestContext,
): Promise<Decision<SignedIn>> {
  const authenticated = await authenticateSignature(parts.check, proof, nowMs);
  if (!authenticated.ok) return authenticated;
  const { tenant, userId, accessKeyId, endsAtMs } = authenticated.value;
  const user = await parts.store.findUser(tenant, userId);
  if (!user) return refuse({ code: 'access_key_unknown', accessKeyId });
  if (proof.userName !== undefined) {
    const named = await findByName(parts.store, tenant, typedName(proof.userName));
    if (named === undefined) return refuse({ code: 'login_name_unknown', accessKeyId });
    if (named.id !== userId) return refuse({ code: 'access_key_foreign', accessKeyId });
  }
  if (speech.singleUse && proof.signature !== undefined) {
    const untilMs = addSeconds(proof.requestTime.atMs, proof.clockSkewSeconds);
    const hash = parts.check.hashing.digestHex('sha256', proof.signature);
    if (!(await parts.store.rememberAssertion(accessKeyId, hash, untilMs))) {
      return refuse({ code: 'signature_replayed', accessKeyId });
    }
  }
  const organisation = await organisationOf(parts.store, tenant, speech.name);
  return accept({ user, organisation, accessKeyId, endsAtMs });
}

/** A user who signs names no organisation: it is that of the tenant, the first by id where there are several. */
async function organisationOf(
  store: Pick<DirectoryStore, 'listClients'>,
  tenant: string,
  dialect: string,
): Promise<string | undefined> {
  const { rows } = await store.listClients({ tenant, dialect }, { limit: 100, after: undefined });
  return rows.find(({ status }) => status === 'enabled')?.id;
}
