/**
 * `@hufu/client/providers/oauth2`: tokens of OAuth 2.1 servers, by `oauth4webapi`. `oauth2ClientCredentials()` and `oauth2Code()`
 * for a token source, `oauth2Login()` for servers whose users log in.
 */

export type { Authorize, PendingLogin } from '../../core/authorize.ts';
export { type ClientCredentialsOptions, oauth2ClientCredentials } from './client-credentials.ts';
export { type OAuth2CodeOptions, oauth2Code } from './code-provider.ts';
export { isOAuth2Error, type OAuth2ErrorCode } from './errors.ts';
export { type OAuth2TokenAnswer, oauth2Grant } from './grant.ts';
export { type OAuth2Login, oauth2Login } from './login.ts';
export type { CodeClient, KeyAlgorithm, OAuth2Connection, ServerMetadata } from './settings.ts';
