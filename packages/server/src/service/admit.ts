/** Lets a caller in: who proves to be who they say, and may do what they ask. */

import type { NeededPermission } from '../core/command.ts';
import { isAllowed } from '../core/permission.ts';
import type { SignatureProof } from '../core/proof.ts';
import { type Decision, refuse } from '../core/reasons.ts';
import { authenticateSignature, type Caller, type SignatureCheck } from './authenticate-signature.ts';

export async function admit(
  check: SignatureCheck,
  command: { readonly proof: SignatureProof; readonly permission: NeededPermission },
  nowMs: number,
): Promise<Decision<Caller>> {
  const authenticated = await authenticateSignature(check, command.proof, nowMs);
  if (!authenticated.ok) return authenticated;
  const caller = authenticated.value;
  const { action } = command.permission;
  const resource = command.permission.resource(caller.tenant);
  return isAllowed(caller.policy, action, resource)
    ? authenticated
    : refuse({ code: 'permission_denied', action, resource });
}
