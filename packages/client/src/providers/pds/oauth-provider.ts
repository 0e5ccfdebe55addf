/** Sessions of an OAuth application: a person logs in once, and the refresh token goes on from there. */

import type { Authorize } from '../../core/authorize.ts';
import { TokenError } from '../../core/errors.ts';
import { identityKey } from '../../core/identity.ts';
import type { Provider } from '../../core/provider.ts';
import { isAuthFailure } from './errors.ts';
import { applicationOf, begin, complete, type PdsApplication } from './oauth-application.ts';
import { refreshToken } from './operations.ts';
import { attemptHeaders, endSession, refreshTokenOf, type SessionOptions, traitsOf } from './session.ts';
import { pdsGrant } from './token-info.ts';

export type PdsOAuthOptions = PdsApplication &
  SessionOptions & {
    /** Brings a user to the login and back, for `getToken({ interactive: true })`. Servers use `pdsLogin` instead. */
    readonly authorize?: Authorize | undefined;
    /** Names whose session it is, where the store holds those of several users. */
    readonly identity?: string | undefined;
  };

/** @example createTokenSource({ provider: pdsOAuth({ domainId, clientId, redirectUri, authorize }), store }) */
export function pdsOAuth(options: PdsOAuthOptions): Provider {
  const application = applicationOf(options, ['authorize', 'identity', 'replayWindowMs']);
  const { authorize, identity } = options;
  const { endpoint, client, scope } = application;
  return {
    id: 'pds',
    kind: 'authorization_code',
    traits: { ...traitsOf(options), interactive: true },
    key: () => identityKey('pds', { endpoint, client_id: client.client_id, scope, identity }),
    async acquire(context) {
      if (!authorize) {
        const message = 'pdsOAuth has no authorize: log in by pdsLogin, and adopt what it gives';
        throw new TokenError({ code: 'interaction_required', message });
      }
      const pending = begin(application);
      return complete(application, await authorize(pending.url, context), pending, context);
    },
    async refresh(previous, context) {
      const params = { ...client, refresh_token: refreshTokenOf(previous) };
      return pdsGrant(await refreshToken(application, params, context, attemptHeaders(application, context)));
    },
    revoke: (grant, context) => endSession(application, client.client_id, grant, context),
    isAuthFailure,
  };
}
