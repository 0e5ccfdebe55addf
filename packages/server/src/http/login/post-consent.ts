/** `POST /login/consent`: the user allows the application what was shown, or says no. */

import { consentField } from '../pages/consent.ts';
import { newHandle, readFlow } from './flow.ts';
import { readFields } from './form-fields.ts';
import { withHandle } from './get-login.ts';
import { openHandle } from './handle.ts';
import type { LoginParts } from './parts.ts';
import { expired, explained, refusedForm, type Served } from './served.ts';
import { carriedOf, proceed } from './show.ts';
import { redirect, type Visit } from './visit.ts';

const operation = 'Consent';
const { name, allow, deny } = consentField;

export async function postConsent(parts: LoginParts, visit: Visit): Promise<Served> {
  const fields = readFields(visit.request, ['handle', 'token', name]);
  const decision = fields?.[name];
  if (!fields || (decision !== allow && decision !== deny)) {
    return refusedForm(parts, visit, operation, 'unreadable');
  }
  const carried = openHandle(parts.sealing, fields.handle, visit.context.nowMs);
  if (carried?.at !== 'consent') return expired(visit, operation);
  if (!visit.isOwnForm('consent', fields.handle, fields.token)) {
    return refusedForm(parts, visit, operation, 'not from a page of ours');
  }
  const flow = readFlow(parts.registry, visit.request, carried);
  if (!flow.ok) return explained(visit, operation, flow.reason);
  if (visit.session?.grant.id !== carried.askedOf) {
    // Somebody else sits at the browser than was asked, or nobody does any more.
    const handle = newHandle(parts, visit, { at: 'request', ...carriedOf(flow.value) });
    return { operation, outcome: 'login_required', answer: redirect(withHandle(handle)) };
  }
  return proceed(parts, visit, flow.value, decision === deny ? 'denied' : { allowed: carried.words });
}
