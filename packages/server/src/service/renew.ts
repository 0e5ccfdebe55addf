/** Use case: a grant gives an access token, as often as wanted until it ends. Nothing is written beyond a coarse mark. */

import type { RenewCommand } from '../core/command.ts';
import type { TokenOutcome } from '../core/outcome.ts';
import { accept, type Decision, refuse } from '../core/reasons.ts';
import { decideRenewal } from '../core/renewal.ts';
import { admit } from './admit.ts';
import type { SignatureCheck } from './authenticate-signature.ts';
import type { RequestContext } from './context.ts';
import { noteRenewal, type RenewalNotes } from './note-renewal.ts';
import type { People } from './people.ts';
import type { Signer, Store } from './ports.ts';
import { findGrantOf, readToken } from './recognize.ts';

export interface RenewParts extends RenewalNotes {
  readonly check: SignatureCheck;
  readonly store: Pick<Store, 'findGrant'> & RenewalNotes['store'];
  readonly signer: Signer;
  readonly people: Pick<People, 'mayAct'>;
}

export async function renew(
  parts: RenewParts,
  command: RenewCommand,
  context: RequestContext,
): Promise<Decision<TokenOutcome>> {
  const { nowMs } = context;
  const { speech } = command;
  const admitted = await admit(parts.check, command, nowMs);
  if (!admitted.ok) return admitted;
  const caller = admitted.value;

  const facts = readToken(parts.signer, speech.grantFormat, command.credential, nowMs);
  if (!facts.ok) return facts;
  const found = await findGrantOf(parts.store, facts.value);
  if (!found.ok) return found;
  const grant = found.value;
  if (grant.tenant !== caller.tenant) return refuse({ code: 'grant_foreign', grantId: grant.id });
  if (!(await parts.people.mayAct(grant))) return refuse({ code: 'grant_suspended', grantId: grant.id });
  const times = decideRenewal(grant, speech.lifetimes.accessToken, command.ask, nowMs, caller.endsAtMs);
  if (!times.ok) return times;

  const noted = noteRenewal(parts, grant, command.operation, caller.accessKeyId, context);
  if (!noted.ok) return noted;
  const token = parts.signer.sign(speech.accessFormat, speech.accessFormat.encode(grant, times.value));
  return accept({ did: 'token', token });
}
