/** `GET /login`: goes on with an authorization request where it was. Without one: who is signed in, or the way in. */

import { accountPage } from '../pages/account.ts';
import { signedOutPage } from '../pages/signed-out.ts';
import { readFlow } from './flow.ts';
import { readPairs } from './form-fields.ts';
import { openHandle } from './handle.ts';
import type { LoginParts } from './parts.ts';
import { loginParameters, loginPaths } from './paths.ts';
import { expired, explained, type Served } from './served.ts';
import { proceed, showLogin } from './show.ts';
import { redirect, type Visit, withFormCookie } from './visit.ts';

export async function getLogin(parts: LoginParts, visit: Visit): Promise<Served> {
  const operation = 'ShowLogin';
  const { query } = visit.request;
  const asked = readQuery(query);
  if (!asked) return explained(visit, operation, { code: 'request_malformed' });
  if (asked.handle !== undefined) return goOn(parts, visit, asked.handle, operation);
  if (visit.session) return { operation, outcome: 'ok', answer: showAccount(parts, visit, visit.session) };
  const tenant = asked.tenant ?? parts.options.defaultTenant;
  // A login name says nothing by itself: another tenant may have the same.
  const answer =
    tenant === undefined ? signedOutPage({ language: visit.language }) : showLogin(parts, visit, { tenant });
  return { operation, outcome: 'ok', answer };
}

/** `GET /login/signed-out`. */
export async function getSignedOut({ options }: LoginParts, visit: Visit): Promise<Served> {
  const operation = 'ShowSignedOut';
  const asked = readQuery(visit.request.query);
  if (!asked || asked.handle !== undefined) return explained(visit, operation, { code: 'request_malformed' });
  if (visit.session) return { operation, outcome: 'ok', answer: redirect(loginPaths.login) };
  const tenant = asked.tenant ?? options.defaultTenant;
  const again = tenant === undefined ? {} : { signInUrl: withTenant(loginPaths.login, tenant) };
  return { operation, outcome: 'ok', answer: signedOutPage({ language: visit.language, ...again }) };
}

export const withTenant = (path: string, tenant: string): string =>
  `${path}?${loginParameters.tenant}=${encodeURIComponent(tenant)}`;

export const withHandle = (handle: string): string => `${loginPaths.login}?${loginParameters.handle}=${handle}`;

async function goOn(parts: LoginParts, visit: Visit, handle: string, operation: string): Promise<Served> {
  const carried = openHandle(parts.sealing, handle, visit.context.nowMs);
  if (carried?.at !== 'request') return expired(visit, operation);
  const flow = readFlow(parts.registry, visit.request, carried);
  return flow.ok ? proceed(parts, visit, flow.value) : explained(visit, operation, flow.reason);
}

function showAccount(parts: LoginParts, visit: Visit, { grant, user }: NonNullable<Visit['session']>) {
  const page = accountPage({
    language: visit.language,
    userName: user.loginName ?? user.name,
    action: loginPaths.signOut,
    hidden: { token: visit.formToken('sign_out', grant.id) },
  });
  return withFormCookie(parts, visit, page);
}

/** At most one of the two parameters, and nothing else. */
function readQuery(query: string): { readonly handle?: string; readonly tenant?: string } | undefined {
  const pairs = readPairs(query);
  if (!pairs || pairs.size > 1) return undefined;
  const [pair] = pairs;
  if (pair === undefined) return {};
  const [name, value] = pair;
  if (name === loginParameters.handle) return { handle: value };
  return name === loginParameters.tenant ? { tenant: value } : undefined;
}
