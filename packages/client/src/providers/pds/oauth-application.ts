/** An OAuth application of PDS: a user logs in at a page of the server, and comes back with a one-time code. */

import { type LoginType, paths } from '@hufu/wire/pds';
import { codeChallengeOf, newCodeVerifier, newState, type PendingLogin } from '../../core/authorize.ts';
import { codeFrom } from '../../core/callback.ts';
import { checkNames, optionalTextOf, textOf } from '../../core/given.ts';
import { present } from '../../core/present.ts';
import type { Grant, ProviderContext } from '../../core/provider.ts';
import { getTokenByCode } from './operations.ts';
import { connectionNames, type PdsConnection, type PdsSettings, settingsOf } from './settings.ts';
import { pdsGrant } from './token-info.ts';

export interface PdsApplication extends PdsConnection {
  /** Id of the OAuth application. */
  readonly clientId: string;
  /** WebServer applications only; the others leave it out. */
  readonly clientSecret?: string;
  /** As it was registered with the application. */
  readonly redirectUri: string;
  /** How users log in. Default `default`: the page with all ways. */
  readonly loginType?: LoginType | undefined;
  /** Default: everything that the application may. */
  readonly scope?: string | undefined;
  /** Whether a login is bound to whoever began it (RFC 7636). Default: where there is no secret. */
  readonly pkce?: boolean | undefined;
}

export interface ApplicationSettings extends PdsSettings {
  readonly client: { readonly client_id: string; readonly client_secret?: string; readonly redirect_uri: string };
  readonly loginType: LoginType;
  readonly scope: string | undefined;
  readonly pkce: boolean;
}

const names = ['clientId', 'clientSecret', 'redirectUri', 'loginType', 'scope', 'pkce'];
/** Throws `TokenError` with `config`. @param more names that the caller reads by itself. */
export function applicationOf(options: PdsApplication, more: readonly string[]): ApplicationSettings {
  checkNames(options, [...connectionNames, ...names, ...more]);
  const client_secret = optionalTextOf(options, 'clientSecret');
  const client = {
    client_id: textOf(options, 'clientId'),
    redirect_uri: textOf(options, 'redirectUri'),
    ...present({ client_secret }),
  };
  const { loginType = 'default', scope, pkce = client_secret === undefined } = options;
  return { ...settingsOf(options), client, loginType, scope, pkce };
}

export function begin({ endpoint, client, loginType, scope, pkce }: ApplicationSettings): PendingLogin {
  const state = newState();
  const codeVerifier = pkce ? newCodeVerifier() : undefined;
  const query = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: client.redirect_uri,
    response_type: 'code',
    login_type: loginType,
    state,
    ...present({ scope }),
    ...(codeVerifier && { code_challenge: codeChallengeOf(codeVerifier), code_challenge_method: 'S256' }),
  });
  return { url: `${endpoint}${paths.authorize}?${query}`, state, ...present({ codeVerifier }) };
}

export async function complete(
  application: ApplicationSettings,
  callback: string,
  pending: Omit<PendingLogin, 'url'>,
  context: ProviderContext,
): Promise<Grant> {
  const code = codeFrom(callback, pending);
  const params = { ...application.client, code, code_verifier: pending.codeVerifier };
  return pdsGrant(await getTokenByCode(application, params, context));
}
