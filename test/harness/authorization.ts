/** Authorization requests of the OAuth tests, answered by the demo user at the login page. */

import { type Browser, createBrowser } from './browser.ts';
import type { Answer } from './exchange.ts';
import { authorize, type Decision } from './login.ts';
import { type AuthorizationResponse, addressOf, type Fields, type Pkce, pkce } from './oauth.ts';
import type { App, NewApp, OAuthServer } from './oauth-server.ts';

/** An application with a redirect URI. */
export interface RedirectApp extends App {
  readonly redirectUri: string;
}

export async function redirectApp(
  server: OAuthServer,
  asked: Pick<NewApp, 'type'> & Partial<NewApp>,
  redirectUri = 'https://app.example.com/callback',
): Promise<RedirectApp> {
  return { ...(await server.app({ redirectUris: [redirectUri], ...asked })), redirectUri };
}

/** What every sound request has. `undefined` leaves a parameter out. */
export function requestOf(
  { id, redirectUri }: RedirectApp,
  { challenge }: Pkce,
  change: Readonly<Record<string, string | undefined>> = {},
): Readonly<Record<string, string>> {
  const all: Readonly<Record<string, string | undefined>> = {
    response_type: 'code',
    client_id: id,
    redirect_uri: redirectUri,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...change,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Logs the demo user in where that is asked for, and gives what arrives at the redirect URI. */
export const answerTo = (
  server: OAuthServer,
  fields: Fields,
  browser: Browser = createBrowser({ nowMs: server.nowMs }),
  decision: Decision = 'allow',
): Promise<AuthorizationResponse> =>
  authorize(browser, addressOf(server.at.authorization, fields), server.emulator.description.oauth.user, decision);

/** The page that tells the user, and nobody else, that a request leads nowhere. Throws where it leads somewhere. */
export async function pageRefusing(
  server: OAuthServer,
  app: RedirectApp,
  change: Readonly<Record<string, string | undefined>> = {},
): Promise<Answer> {
  const browser = createBrowser({ nowMs: server.nowMs });
  const visit = await browser.open(addressOf(server.at.authorization, requestOf(app, pkce(), change)));
  if (visit.kind === 'departure') throw new Error(`left for ${visit.location}`);
  if (visit.trail.length > 1) throw new Error(`went on to ${visit.url.pathname}`);
  return visit.answer;
}

/** A code of the demo user, with the verifier that redeems it. */
export async function codeFor(
  server: OAuthServer,
  app: RedirectApp,
  change: Readonly<Record<string, string | undefined>> = {},
): Promise<{ readonly code: string; readonly verifier: string }> {
  const proof = pkce();
  const { parameters } = await answerTo(server, requestOf(app, proof, change));
  if (parameters.code === undefined) throw new Error(`no code, but ${parameters.error}`);
  return { code: parameters.code, verifier: proof.verifier };
}

export const redeem = (
  server: OAuthServer,
  app: App,
  { code, verifier }: { readonly code: string; readonly verifier: string },
  change: Readonly<Record<string, string>> = {},
): Promise<Answer> => server.token(app, { grant_type: 'authorization_code', code, code_verifier: verifier, ...change });
