/** The authorization code grant with PKCE (RFC 6749, section 4.1; RFC 7636): to the login and back. */

import * as oauth from 'oauth4webapi';
import { codeChallengeOf, newCodeVerifier, newState, type PendingLogin } from '../../core/authorize.ts';
import { queryOf } from '../../core/callback.ts';
import { TokenError } from '../../core/errors.ts';
import { textOf } from '../../core/given.ts';
import type { Grant, ProviderContext } from '../../core/provider.ts';
import { oauth2Grant } from './grant.ts';
import { type Ask, serverOf } from './server.ts';
import { type CodeClient, type OAuth2Settings, settingsOf } from './settings.ts';

export interface CodeFlow {
  readonly settings: OAuth2Settings;
  readonly ask: Ask;
  begin(context: ProviderContext): Promise<PendingLogin>;
  complete(callback: string, pending: Omit<PendingLogin, 'url'>, context: ProviderContext): Promise<Grant>;
}

export function codeFlow(options: CodeClient, more: readonly string[]): CodeFlow {
  const settings = settingsOf(options, ['redirectUri', 'authorizationParameters', ...more]);
  const redirectUri = textOf(options, 'redirectUri');
  const ask = serverOf(settings);
  return {
    settings,
    ask,
    begin: (context) =>
      ask('authorize', context, async ({ server }) => {
        const [state, codeVerifier] = [newState(), newCodeVerifier()];
        if (!server.authorization_endpoint) {
          throw new TokenError({ code: 'config', message: 'the server has no authorization_endpoint' });
        }
        const url = new URL(server.authorization_endpoint);
        const query = {
          ...settings.parameters,
          ...options.authorizationParameters,
          response_type: 'code',
          client_id: settings.clientId,
          redirect_uri: redirectUri,
          state,
          code_challenge: codeChallengeOf(codeVerifier),
          code_challenge_method: 'S256',
        };
        for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
        return { url: url.href, state, codeVerifier };
      }),
    complete: (callback, { state, codeVerifier = '' }, context) =>
      ask('authorization_code', context, async ({ server, client, auth, options: with_ }) => {
        // RFC 9207: the callback says which server it comes from.
        const found = oauth.validateAuthResponse(server, client, queryOf(callback), state);
        const response = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          auth,
          found,
          redirectUri,
          codeVerifier,
          with_,
        );
        return oauth2Grant(await oauth.processAuthorizationCodeResponse(server, client, response));
      }),
  };
}
