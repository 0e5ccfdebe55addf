/** Tokens of a client that acts for itself (RFC 6749, section 4.4). There is no refresh: the next one is asked for like the first. */

import * as oauth from 'oauth4webapi';
import { identityKey } from '../../core/identity.ts';
import type { Provider } from '../../core/provider.ts';
import { oauth2Grant } from './grant.ts';
import { endGrant } from './revoke.ts';
import { serverOf } from './server.ts';
import { type OAuth2Connection, settingsOf } from './settings.ts';

export type ClientCredentialsOptions = OAuth2Connection;

/** @example createTokenSource({ provider: oauth2ClientCredentials({ issuer, clientId, clientSecret }) }) */
export function oauth2ClientCredentials(options: ClientCredentialsOptions): Provider {
  const settings = settingsOf(options, []);
  const ask = serverOf(settings);
  const { issuer, clientId, parameters } = settings;
  return {
    id: 'oauth2',
    kind: 'client_credentials',
    traits: { rotates: 'no' },
    key: () => identityKey('oauth2', { issuer, clientId, ...parameters, kind: 'client_credentials' }),
    acquire: (context) =>
      ask('client_credentials', context, async ({ server, client, auth, options: with_ }) => {
        const response = await oauth.clientCredentialsGrantRequest(server, client, auth, parameters, with_);
        return oauth2Grant(await oauth.processClientCredentialsResponse(server, client, response));
      }),
    revoke: (grant, context) => ask('revoke', context, (asking) => endGrant(asking, grant)),
  };
}
