/** The authorization server, and who asks it. */

import { type EndpointOptions, endpointOf } from '../../core/endpoint.ts';
import { checkNames, optionalTextOf, refuse, textOf } from '../../core/given.ts';
import type { Json } from '../../core/platform.ts';
import { present } from '../../core/present.ts';

/** Algorithms of keys that are given as PEM (RFC 7518, section 3.1). */
export type KeyAlgorithm = 'ES256' | 'PS256' | 'RS256';

/** What is asked of a server's metadata (RFC 8414, section 2). */
export interface ServerMetadata {
  readonly token_endpoint?: string;
  readonly authorization_endpoint?: string;
  readonly revocation_endpoint?: string;
  readonly [name: string]: Json | undefined;
}

export interface OAuth2Connection extends EndpointOptions {
  /** Issuer of the server, whose metadata are found below it. */
  readonly issuer: string;
  /** Where they are: `oauth2` (RFC 8414, the default) or `oidc` (OpenID Connect Discovery). */
  readonly discovery?: 'oauth2' | 'oidc' | undefined;
  /** In place of discovery: the endpoints, by the names of RFC 8414. */
  readonly metadata?: ServerMetadata | undefined;
  readonly clientId: string;
  /** Sent as `client_secret_basic`, unless told otherwise. Public clients leave it out. */
  readonly clientSecret?: string;
  readonly authentication?: 'client_secret_basic' | 'client_secret_post' | undefined;
  /** PEM, PKCS#8, for `private_key_jwt` (RFC 7523): in place of a secret. */
  readonly privateKeyPem?: string;
  /** Default `ES256`. */
  readonly keyAlgorithm?: KeyAlgorithm | undefined;
  /** `kid`, where the server knows several keys of the client. */
  readonly keyId?: string | undefined;
  /** Words separated by blanks. Default: what the server gives. */
  readonly scope?: string | undefined;
  /** For whom the token is (RFC 8707). */
  readonly resource?: string | undefined;
  /** The same, at servers that have their own word for it. */
  readonly audience?: string | undefined;
}

export interface CodeClient extends OAuth2Connection {
  /** As it was registered with the client. */
  readonly redirectUri: string;
  /** Further parameters of the authorization request: `prompt`, `login_hint`. */
  readonly authorizationParameters?: Readonly<Record<string, string>> | undefined;
}

export interface OAuth2Settings extends OAuth2Connection {
  readonly isPlainHttp: boolean;
  /** What goes with the request for a token. */
  readonly parameters: Readonly<Record<string, string>>;
}

const names = [
  'issuer',
  'discovery',
  'metadata',
  'allowPlainHttp',
  'clientId',
  'clientSecret',
  'authentication',
  'privateKeyPem',
  'keyAlgorithm',
  'keyId',
  'scope',
  'resource',
  'audience',
];

/** Throws `TokenError` with `config`. @param more names that the caller reads by itself. */
export function settingsOf(options: OAuth2Connection, more: readonly string[]): OAuth2Settings {
  checkNames(options, [...names, ...more]);
  const isPlainHttp = endpointOf(textOf(options, 'issuer'), options).startsWith('http:');
  textOf(options, 'clientId');
  const secret = optionalTextOf(options, 'clientSecret');
  const key = optionalTextOf(options, 'privateKeyPem');
  if (secret !== undefined && key !== undefined) refuse('clientSecret or privateKeyPem, not both');
  const { scope, resource, audience } = options;
  return { ...options, isPlainHttp, parameters: present({ scope, resource, audience }) };
}
