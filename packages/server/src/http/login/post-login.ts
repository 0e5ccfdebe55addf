/** `POST /login`: a name and a password. Signed in, the browser goes on where it was. */

import { accept, type Decision, type Reason } from '../../core/reasons.ts';
import { secondMs } from '../../core/time.ts';
import { findDestination } from '../../service/authorize.ts';
import { logIn } from '../../service/log-in.ts';
import { loginFields } from '../pages/login.ts';
import { setCookie } from './cookies.ts';
import { newHandle, readFlow } from './flow.ts';
import { readFields } from './form-fields.ts';
import { withHandle } from './get-login.ts';
import { type Carried, openHandle } from './handle.ts';
import type { LoginParts } from './parts.ts';
import { loginPaths } from './paths.ts';
import { expired, explained, refusedForm, type Served } from './served.ts';
import { carriedOf, type LoginFor, type LoginState, showLogin } from './show.ts';
import { redirect, type Visit, withHeaders } from './visit.ts';

const operation = 'LogIn';
const { userName, password } = loginFields;

export async function postLogin(parts: LoginParts, visit: Visit): Promise<Served> {
  const { options, sealing } = parts;
  const { context } = visit;
  const fields = readFields(visit.request, ['handle', 'token', userName, password]);
  const isShort =
    fields !== undefined &&
    fields[userName].length <= options.nameLimitCharacters &&
    fields[password].length <= options.passwordLimitCharacters;
  if (!isShort) return refusedForm(parts, visit, operation, 'unreadable');
  const carried = openHandle(sealing, fields.handle, context.nowMs);
  if (!carried || carried.at === 'consent') return expired(visit, operation);
  const purpose = await purposeOf(parts, visit, carried);
  if (!purpose.ok) return explained(visit, operation, purpose.reason);
  const again = (outcome: string, state: LoginState): Served => ({
    operation,
    outcome,
    answer: showLogin(parts, visit, purpose.value, state),
  });
  if (!visit.isOwnForm('log_in', fields.handle, fields.token)) {
    refusedForm(parts, visit, operation, 'not from a page of ours');
    return again('form_expired', { problem: 'form_expired' });
  }

  const tenant = 'flow' in purpose.value ? purpose.value.client.tenant : purpose.value.tenant;
  const ask = { tenant, name: fields[userName], password: fields[password], replaced: visit.session };
  const opened = await logIn(parts.logIn, ask, context);
  if (!opened.ok) {
    const { reason } = opened;
    return again(reason.code, { userName: fields[userName], ...stateOf(reason, context.nowMs) });
  }
  const { token, grant } = opened.value;
  const onward = redirect(
    'flow' in purpose.value
      ? withHandle(newHandle(parts, visit, { at: 'request', ...carriedOf(purpose.value.flow), signedInAs: grant.id }))
      : loginPaths.login,
  );
  const cookie = setCookie(visit.cookies.session, token, options.isSecure);
  return { operation, outcome: 'ok', answer: withHeaders(onward, 'set-cookie', cookie) };
}

/** What the page was about, as far as it still is. */
async function purposeOf(
  parts: LoginParts,
  visit: Visit,
  carried: Exclude<Carried, { readonly at: 'consent' }>,
): Promise<Decision<LoginFor>> {
  if (carried.at === 'tenant') return accept({ tenant: carried.tenant });
  const flow = readFlow(parts.registry, visit.request, carried);
  if (!flow.ok) return flow;
  const { codec, ask } = flow.value;
  const destination = await findDestination(parts.authorize, codec.speech, ask);
  return destination.ok ? accept({ flow: flow.value, ...destination.value }) : destination;
}

/** A wrong name, a wrong password and a disabled account are one thing outside. */
function stateOf(reason: Reason, nowMs: number): LoginState {
  if (reason.code !== 'login_blocked') return { problem: 'wrong' };
  const retryAfterSeconds = (reason.retryAtMs - nowMs) / secondMs;
  return { problem: reason.isLocked ? 'locked' : 'slow_down', retryAfterSeconds };
}
