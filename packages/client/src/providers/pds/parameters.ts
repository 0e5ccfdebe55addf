/** The parameters of the five token calls, by the names of the vendor's SDK, and what is known to go wrong with them. */

import { checkNames, optionalTextOf, refuse, textOf } from '../../core/given.ts';

export interface ServiceJwtParams {
  /** Id of the JWT application. */
  readonly client_id: string;
  /** PEM, PKCS#8 or PKCS#1. */
  readonly private_key_pem: string;
  readonly domain_id: string;
  readonly subdomain_id?: string | undefined;
}

export interface UserJwtParams extends ServiceJwtParams {
  readonly user_id: string;
  /** Whether a user who does not exist is created. Default false. */
  readonly auto_create?: boolean | undefined;
}

export interface RefreshJwtParams {
  readonly client_id: string;
  readonly refresh_token: string;
}

export interface TokenByCodeParams {
  readonly client_id: string;
  /** WebServer applications only; the others leave it out. */
  readonly client_secret?: string;
  readonly redirect_uri: string;
  readonly code: string;
  /** Where the login was begun with a challenge. */
  readonly code_verifier?: string | undefined;
}

export interface RefreshParams {
  readonly client_id: string;
  /** WebServer applications only; the others leave it out. */
  readonly client_secret?: string;
  readonly redirect_uri?: string | undefined;
  readonly refresh_token: string;
}

const jwt = ['client_id', 'private_key_pem', 'domain_id'];

/** Parameters by method: those that are needed, then those that may be left out. */
const parameters = {
  getUserJwtToken: [
    [...jwt, 'user_id'],
    ['auto_create', 'subdomain_id'],
  ],
  getServiceJwtToken: [jwt, ['subdomain_id']],
  refreshJwtToken: [['client_id', 'refresh_token'], []],
  getTokenByCode: [
    ['client_id', 'redirect_uri', 'code'],
    ['client_secret', 'code_verifier'],
  ],
  refreshToken: [
    ['client_id', 'refresh_token'],
    ['client_secret', 'redirect_uri'],
  ],
} as const satisfies Readonly<Record<string, readonly [needed: readonly string[], optional: readonly string[]]>>;

/**
 * Throws `TokenError` with `config`. The SDK sends `redirect_url` where the document has it, and `client_secret=undefined` for an
 * unset variable; with `private_Key_pem` it fails without a word.
 */
export function checkParams(method: keyof typeof parameters, params: object): void {
  const [needed, optional] = parameters[method];
  checkNames(params, [...needed, ...optional]);
  const given: { readonly [name: string]: unknown } = { ...params };
  for (const name of needed) textOf(given, name);
  optionalTextOf(given, 'client_secret');
  if (typeof (given.auto_create ?? false) !== 'boolean') refuse('auto_create is true or false');
}
