/** The parameters of the five token calls, by the names of the vendor's SDK, and what is known to go wrong with them. */

import { checkNames, optionalTextOf, refuseGiven, textOf } from '../../core/given.ts';

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

const misspelt = (right: string): string => `the document misspells it; it is ${right}`;

const hints = {
  private_Key_pem: misspelt('private_key_pem'),
  privary_key_pem: misspelt('private_key_pem'),
  redirect_url: misspelt('redirect_uri'),
  app_id: 'it is client_id',
  api_endpoint: 'it belongs to pdsClient, as endpoint',
};

/** Throws `TokenError` with `config`. The SDK would send each of these, or fail without a word. */
export function checkParams(
  call: string,
  params: object,
  names: { readonly needed: readonly string[]; readonly optional: readonly string[] },
): void {
  checkNames(call, params, [...names.needed, ...names.optional], hints);
  const given: { readonly [name: string]: unknown } = { ...params };
  for (const name of names.needed) textOf(call, name, given[name]);
  // The SDK sends `client_secret=undefined`: an unset variable, which no server takes for "none".
  optionalTextOf(call, 'client_secret', given);
  for (const name of names.optional) {
    const value = given[name];
    const isWanted = name === 'auto_create' ? typeof value === 'boolean' : typeof value === 'string';
    if (value !== undefined && !isWanted) refuseGiven(call, `${name} is of another type`);
  }
}
