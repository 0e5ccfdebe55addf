/** `POST /login/sign-out`: the session of this browser ends, here and in the store. */

import { endBrowserSession } from '../../service/browser-session.ts';
import { clearCookie } from './cookies.ts';
import { readFields } from './form-fields.ts';
import { withTenant } from './get-login.ts';
import type { LoginParts } from './parts.ts';
import { loginPaths } from './paths.ts';
import { refusedForm, type Served } from './served.ts';
import { redirect, type Visit, withHeaders } from './visit.ts';

const operation = 'SignOut';

export async function postSignOut(parts: LoginParts, visit: Visit): Promise<Served> {
  const { session, cookies, context } = visit;
  const fields = readFields(visit.request, ['token']);
  if (!fields) return refusedForm(parts, visit, operation, 'unreadable');
  // Signed out already, in another window.
  if (!session) return { operation, outcome: 'ok', answer: redirect(loginPaths.signedOut) };
  const { grant } = session;
  if (!visit.isOwnForm('sign_out', grant.id, fields.token)) {
    return refusedForm(parts, visit, operation, 'not from a page of ours');
  }
  await endBrowserSession(parts.logIn, session, operation, context);
  const answer = redirect(withTenant(loginPaths.signedOut, grant.tenant));
  const cleared = clearCookie(cookies.session, parts.options.isSecure);
  return { operation, outcome: 'ok', answer: withHeaders(answer, 'set-cookie', cleared) };
}
