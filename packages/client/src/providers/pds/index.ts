/**
 * `@hufu/client/providers/pds`: sessions of Alibaba Cloud PDS. `pdsJwt()` and `pdsOAuth()` for a token source, `pdsLogin()` for
 * servers whose users log in, `pdsClient()` for the five token calls by the names of the vendor's SDK.
 */

export type { Authorize, PendingLogin } from '../../core/authorize.ts';
export { type PdsClient, type PdsClientOptions, pdsClient } from './client.ts';
export { isPdsError, type PdsErrorCode } from './errors.ts';
export { type PdsJwtOptions, pdsJwt } from './jwt-application.ts';
export { type PdsLogin, pdsLogin } from './login.ts';
export type { PdsApplication } from './oauth-application.ts';
export { type PdsOAuthOptions, pdsOAuth } from './oauth-provider.ts';
export type {
  RefreshJwtParams,
  RefreshParams,
  ServiceJwtParams,
  TokenByCodeParams,
  UserJwtParams,
} from './parameters.ts';
export type { PdsConnection } from './settings.ts';
export { type PdsTokenInfo, pdsGrant } from './token-info.ts';
