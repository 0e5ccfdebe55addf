/** Sessions of users: a person logs in once, and the refresh token goes on from there. */

import * as oauth from 'oauth4webapi';
import type { Authorize } from '../../core/authorize.ts';
import { TokenError } from '../../core/errors.ts';
import { identityKey } from '../../core/identity.ts';
import type { Provider } from '../../core/provider.ts';
import { codeFlow } from './code.ts';
import { oauth2Grant } from './grant.ts';
import { endGrant } from './revoke.ts';
import type { CodeClient } from './settings.ts';

export type OAuth2CodeOptions = CodeClient & {
  /** Brings a user to the login and back, for `getToken({ interactive: true })`. Servers use `oauth2Login` instead. */
  readonly authorize?: Authorize | undefined;
  /** Whether a refresh spends the refresh token. Default `unknown`, which is handled as `yes`. */
  readonly rotates?: 'yes' | 'no' | 'unknown' | undefined;
  /**
   * For how long the server answers a refresh token that was just spent with the same successor. Hufu: 60 000. Default 0: a lost
   * answer gets one careful attempt. Above 0, each refresh names its attempt in `Idempotency-Key`.
   */
  readonly replayWindowMs?: number | undefined;
  /** Names whose session it is, where the store holds those of several users. */
  readonly identity?: string | undefined;
};

/** @example createTokenSource({ provider: oauth2Code({ issuer, clientId, redirectUri, authorize }), store }) */
export function oauth2Code(options: OAuth2CodeOptions): Provider {
  const flow = codeFlow(options, ['authorize', 'rotates', 'replayWindowMs', 'identity']);
  const { authorize, rotates = 'unknown', replayWindowMs = 0, identity } = options;
  const { issuer, clientId, parameters } = flow.settings;
  return {
    id: 'oauth2',
    kind: 'authorization_code',
    traits: { rotates, replayWindowMs, interactive: true },
    key: () => identityKey('oauth2', { issuer, clientId, ...parameters, identity }),
    async acquire(context) {
      if (!authorize) {
        const message = 'oauth2Code has no authorize: log in by oauth2Login, and adopt what it gives';
        throw new TokenError({ code: 'interaction_required', message });
      }
      const pending = await flow.begin(context);
      return flow.complete(await authorize(pending.url, context), pending, context);
    },
    async refresh({ refreshToken }, context) {
      if (refreshToken === undefined) {
        throw new TokenError({ code: 'reauth_required', message: 'the session came without a refresh token' });
      }
      const headers = replayWindowMs > 0 ? { 'idempotency-key': context.idempotencyKey } : {};
      return flow.ask('refresh_token', context, async ({ server, client, auth, options: with_ }) => {
        const response = await oauth.refreshTokenGrantRequest(server, client, auth, refreshToken, {
          ...with_,
          headers,
        });
        return oauth2Grant(await oauth.processRefreshTokenResponse(server, client, response));
      });
    },
    revoke: (grant, context) => flow.ask('revoke', context, (asking) => endGrant(asking, grant)),
  };
}
