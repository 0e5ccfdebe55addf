/** Turns what was decided about an authorization request into what the browser gets: a page, or the way back. */

import type { Client } from '../../core/client.ts';
import { type ConsentAnswer, consentWords } from '../../core/consent.ts';
import { withParameters } from '../../core/redirect-uri.ts';
import { scopesOf } from '../../core/scope.ts';
import type { SessionSpeech } from '../../core/speech.ts';
import { type AuthorizationStep, authorize, type Destination } from '../../service/authorize.ts';
import { consentPage } from '../pages/consent.ts';
import { type LoginModel, loginPage } from '../pages/login.ts';
import { type Flow, newHandle } from './flow.ts';
import type { LoginParts } from './parts.ts';
import { loginPaths } from './paths.ts';
import { explained, type Served } from './served.ts';
import { redirect, type Visit, withFormCookie } from './visit.ts';

/** Decides about the request as things stand, and answers. */
export async function proceed(parts: LoginParts, visit: Visit, flow: Flow, said?: ConsentAnswer): Promise<Served> {
  const visitor = { session: visit.session, signedInAs: flow.signedInAs, said };
  const step = await authorize(parts.authorize, flow.codec.speech, flow.ask, visitor, visit.context);
  return show(parts, visit, flow, step);
}

function show(parts: LoginParts, visit: Visit, flow: Flow, step: AuthorizationStep): Served {
  const { operation } = flow.ask;
  switch (step.do) {
    case 'explain':
      return explained(visit, operation, step.reason);
    case 'login':
      return { operation, outcome: 'ok', answer: showLogin(parts, visit, { flow, ...step }) };
    case 'consent':
      return { operation, outcome: 'ok', answer: showConsent(parts, visit, flow, step) };
    case 'redirect': {
      const location = withParameters(step.redirectUri, flow.codec.redirect(step.answer));
      const outcome = step.answer.did === 'refused' ? step.answer.reason.code : 'ok';
      return { operation, outcome, answer: redirect(location) };
    }
  }
}

/** Where a login leads: back to an application, or to the account of a tenant's user. */
export type LoginFor = (Destination & { readonly flow: Flow }) | { readonly tenant: string };

export type LoginState = Partial<Pick<LoginModel, 'problem' | 'retryAfterSeconds' | 'userName'>>;

export function showLogin(parts: LoginParts, visit: Visit, purpose: LoginFor, state: LoginState = {}) {
  const { options } = parts;
  const isFlow = 'flow' in purpose;
  const handle = newHandle(
    parts,
    visit,
    isFlow ? { at: 'request', ...carriedOf(purpose.flow) } : { at: 'tenant', tenant: purpose.tenant },
  );
  const names = isFlow ? { clientName: purpose.client.name, redirectUri: purpose.redirectUri } : {};
  const hint = isFlow ? (purpose.flow.ask.loginHint ?? '') : '';
  const page = loginPage({
    language: visit.language,
    action: loginPaths.login,
    hidden: { handle, token: visit.formToken('log_in', handle) },
    userName: hint.length > options.nameLimitCharacters ? '' : hint,
    ...names,
    ...state,
  });
  return withFormCookie(parts, visit, page);
}

function showConsent(
  parts: LoginParts,
  visit: Visit,
  flow: Flow,
  { client, redirectUri, session, target, ask }: Extract<AuthorizationStep, { readonly do: 'consent' }>,
) {
  const { grant, user } = session;
  const words = consentWords(ask);
  const handle = newHandle(parts, visit, { at: 'consent', ...carriedOf(flow), askedOf: grant.id, words });
  const page = consentPage({
    language: visit.language,
    clientName: client.name,
    redirectUri,
    userName: user.loginName ?? user.name,
    scopes: scopesOf(target.scope),
    lifetimeSeconds: lifetimeOf(flow.codec.speech.session, client),
    ...(ask.resource === undefined ? {} : { resource: ask.resource }),
    action: loginPaths.consent,
    hidden: { handle, token: visit.formToken('consent', handle) },
  });
  return withFormCookie(parts, visit, page);
}

/** How long an application has something of what it is given, however often it refreshes. */
const lifetimeOf = (speech: SessionSpeech, { grantTypes }: Client): number =>
  grantTypes.includes('refresh_token') ? speech.sessionLifetimeSeconds : speech.accessTokenLifetimeSeconds;

/** What of a request a handle takes along. */
export const carriedOf = ({ dialect, query, signedInAs }: Flow) => ({
  dialect,
  query,
  ...(signedInAs === undefined ? {} : { signedInAs }),
});
