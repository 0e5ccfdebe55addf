/** Requests as the official SDK signs them. Hashing is WebCrypto's, so that browsers can do it, too. */

import { apiVersion, type operations, type SignedRequest } from '@hufu/wire/sls';
import type { ExchangeRequest } from '../../core/exchange.ts';
import type { SlsSettings } from './settings.ts';

export type Operation = (typeof operations)[keyof typeof operations];

/** Parameters in the order of their names. */
export type Query = SignedRequest['query'];

export async function signedRequest(
  settings: SlsSettings,
  { method, path }: Operation,
  query: Query,
  serverNowMs: number,
): Promise<ExchangeRequest> {
  const { endpoint, host, region, signature } = settings;
  const key = await settings.accessKey();
  const { securityToken } = key;
  const headers: Record<string, string> = {
    accept: 'application/json',
    'x-log-apiversion': apiVersion,
    'x-log-bodyrawsize': '0',
    ...(securityToken === undefined ? {} : { 'x-acs-security-token': securityToken }),
    ...signature.timeHeaders(serverNowMs),
  };
  // `fetch` sets the host by itself, and v4 signs it.
  const signed = { method, path, query, headers: { ...headers, host } };
  headers.authorization = await signature.authorize(signed, key, region);
  const target = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return { url: endpoint + path + (target && `?${target}`), method, headers };
}
