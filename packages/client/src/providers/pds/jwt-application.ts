/** Sessions of a JWT application: it signs an assertion for a user, or for the domain's service account. No person is needed. */

import { checkNames, refuseGiven, textOf } from '../../core/given.ts';
import { identityKey } from '../../core/identity.ts';
import type { Grant, Provider, ProviderContext } from '../../core/provider.ts';
import { isAuthFailure } from './errors.ts';
import { getServiceJwtToken, getUserJwtToken, refreshJwtToken } from './operations.ts';
import { attemptHeaders, endSession, refreshTokenOf, type SessionOptions, traitsOf } from './session.ts';
import { connectionHints, connectionNames, type PdsConnection, settingsOf } from './settings.ts';
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
const hints = {
  ...connectionHints,
  client_id: 'it is clientId',
  private_key_pem: 'it is privateKeyPem',
  private_Key_pem: 'it is privateKeyPem',
  privary_key_pem: 'it is privateKeyPem',
  user_id: 'it is userId',
  auto_create: 'it is autoCreate',
  subdomain_id: 'it is subdomainId',
};

/** @example createTokenSource({ provider: pdsJwt({ domainId, clientId, privateKeyPem, userId }) }) */
export function pdsJwt(options: PdsJwtOptions): Provider {
  const call = 'pdsJwt';
  checkNames(call, options, [...connectionNames, ...names], hints);
  const settings = settingsOf(call, options);
  const application = {
    domain_id: textOf(call, 'domainId', options.domainId),
    client_id: textOf(call, 'clientId', options.clientId),
    private_key_pem: textOf(call, 'privateKeyPem', options.privateKeyPem),
    subdomain_id: options.subdomainId,
  };
  const isService = 'service' in options && options.service === true;
  const user_id = 'userId' in options ? textOf(call, 'userId', options.userId) : undefined;
  if (isService === (user_id !== undefined)) refuseGiven(call, 'either userId or service: true says whose token it is');

  async function acquire(context: ProviderContext): Promise<Grant> {
    if (user_id === undefined) return pdsGrant(await getServiceJwtToken(settings, application, context));
    const auto_create = 'autoCreate' in options ? options.autoCreate : undefined;
    return pdsGrant(await getUserJwtToken(settings, { ...application, user_id, auto_create }, context));
  }

  return {
    id: 'pds',
    kind: 'jwt-bearer',
    traits: traitsOf(options),
    key() {
      const { client_id, domain_id, subdomain_id } = application;
      return identityKey('pds', {
        endpoint: settings.endpoint,
        client_id,
        domain_id,
        subdomain_id,
        user_id,
        isService,
      });
    },
    acquire,
    async refresh(previous, context) {
      const params = { client_id: application.client_id, refresh_token: refreshTokenOf(previous) };
      return pdsGrant(await refreshJwtToken(settings, params, context, attemptHeaders(settings, context)));
    },
    revoke: (grant, context) => endSession(settings, application.client_id, grant, context),
    isAuthFailure,
  };
}
