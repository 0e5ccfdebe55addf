/** Asks the caller's policy. */

import type { NeededPermission } from '../core/command.ts';
import { isAllowed } from '../core/permission.ts';
import { type Reason, refuse } from '../core/reasons.ts';
import type { Caller } from './authenticate-signature.ts';

/** `undefined` where the caller may; else the refusal. */
export function authorize(
  caller: Caller,
  needed: NeededPermission,
): { readonly ok: false; readonly reason: Reason } | undefined {
  const resource = needed.resource(caller.tenant);
  if (isAllowed(caller.policy, needed.action, resource)) return undefined;
  return refuse({ code: 'permission_denied', action: needed.action, resource });
}
