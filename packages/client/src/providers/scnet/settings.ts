/** Where requests to SCNet go, and who logs in. */

import { bases } from '@hufu/wire/scnet';
import { type EndpointOptions, endpointOf } from '../../core/endpoint.ts';
import { checkNames, textOf } from '../../core/given.ts';

interface ScnetAddress extends EndpointOptions {
  /** Base of everything but the AK/SK login. Default `https://www.scnet.cn`. */
  readonly acBase?: string | undefined;
  /** Base of the AK/SK login. Default `https://api.scnet.cn`. */
  readonly apiBase?: string | undefined;
}

/** AK and SK of the console, by which the vendor recommends to log in; or a password with the id that a third party was given. */
type ScnetLogin = { readonly user: string } & (
  | { readonly accessKey: string; readonly secretKey: string }
  | { readonly password: string; readonly orgId: string }
);

export type ScnetConnection = ScnetAddress & ScnetLogin;

export interface ScnetSettings {
  readonly bases: typeof bases | { readonly ac: string; readonly api: string };
  readonly login: ScnetLogin;
}

const names = ['user', 'accessKey', 'secretKey', 'password', 'orgId', 'acBase', 'apiBase', 'allowPlainHttp'];

/** Throws `TokenError` with `config`. @param more names that the caller reads by itself. */
export function settingsOf(options: ScnetConnection, more: readonly string[]): ScnetSettings {
  checkNames(options, [...names, ...more]);
  const user = textOf(options, 'user');
  const login =
    'accessKey' in options
      ? { user, accessKey: textOf(options, 'accessKey'), secretKey: textOf(options, 'secretKey') }
      : { user, password: textOf(options, 'password'), orgId: textOf(options, 'orgId') };
  const ac = endpointOf(options.acBase ?? bases.ac, options);
  const api = endpointOf(options.apiBase ?? bases.api, options);
  return { bases: { ac, api }, login };
}
