/** Sessions of a JWT application: it signs an assertion for a user, or for the domain's service account. No person is needed. */

import { checkNames, refuse, textOf } from '../../core/given.ts';
import { identityKey } from '../../core/identity.ts';
import { present } from '../../core/present.ts';
import type { Provider } from '../../core/provider.ts';
import { isAuthFailure } from './errors.ts';
import { getJwtToken, refreshJwtToken } from './operations.ts';
import { attemptHeaders, endSession, refreshTokenOf, type SessionOptions, traitsOf } from './session.ts';
import { connectionNames, type PdsConnection, settingsOf } from './settings.ts';
import { pdsGrant } from './token-info.ts';

export type PdsJwtOptions = PdsConnection &
  SessionOptions & {
    readonly domainId: string;
    /** Id of the JWT application. */
    readonly clientId: string;
    /** PEM, PKCS#8 or PKCS#1, whose public half the console has. */
    readonly privateKeyPem: string;
    readonly subdomainId?: string | undefined;
  } & (
    | {
        readonly userId: string;
        /** Whether a user who does not exist is created. Default false. */
        readonly autoCreate?: boolean | undefined;
      }
    /** The domain's service account: a super administrator. */
    | { readonly service: true }
  );

const names = ['clientId', 'privateKeyPem', 'subdomainId', 'userId', 'autoCreate', 'service', 'replayWindowMs'];
/** @example createTokenSource({ provider: pdsJwt({ domainId, clientId, privateKeyPem, userId }) }) */
export function pdsJwt(options: PdsJwtOptions): Provider {
  checkNames(options, [...connectionNames, ...names]);
  const settings = settingsOf(options);
  const { endpoint } = settings;
  const client_id = textOf(options, 'clientId');
  const domain_id = textOf(options, 'domainId');
  const private_key_pem = textOf(options, 'privateKeyPem');
  const subdomain_id = options.subdomainId;
  const user_id = 'userId' in options ? textOf(options, 'userId') : undefined;
  const auto_create = 'userId' in options ? options.autoCreate : undefined;
  // A user who was forgotten must not become a super administrator.
  if ('service' in options === 'userId' in options) refuse('whose token, userId or service: true?');

  return {
    id: 'pds',
    kind: 'jwt-bearer',
    traits: traitsOf(options),
    key: () => identityKey('pds', { endpoint, client_id, domain_id, subdomain_id, user_id }),
    async acquire(context) {
      const params = { client_id, private_key_pem, domain_id, subdomain_id, auto_create, ...present({ user_id }) };
      return pdsGrant(await getJwtToken(settings, params, context));
    },
    async refresh(previous, context) {
      const params = { client_id, refresh_token: refreshTokenOf(previous) };
      return pdsGrant(await refreshJwtToken(settings, params, context, attemptHeaders(settings, context)));
    },
    revoke: (grant, context) => endSession(settings, client_id, grant, context),
    isAuthFailure,
  };
}
