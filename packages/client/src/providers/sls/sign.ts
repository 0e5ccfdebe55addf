/** Requests as the official SDK signs them, v1 and v4. Hashing is WebCrypto's, so that browsers can do it, too. */

import {
  apiVersion,
  authorizationV1,
  authorizationV4,
  canonicalRequestV4,
  emptyBodySha256Hex,
  type operations,
  type SignedRequest,
  scopeV4,
  signingKeyV4,
  stringToSignV1,
  stringToSignV4,
} from '@hufu/wire/sls';
import { base64, hex } from '../../core/crypto/bytes.ts';
import { hmacSha256 } from '../../core/crypto/hmac.ts';
import type { ExchangeRequest } from '../../core/exchange.ts';
import { sha256 } from '../../core/sha256.ts';
import type { SlsSettings } from './settings.ts';

export type Operation = (typeof operations)[keyof typeof operations];

/** Parameters in the order of their names. */
export type Query = SignedRequest['query'];

type Headers = Record<string, string>;

export async function signedRequest(
  settings: SlsSettings,
  { method, path }: Operation,
  query: Query,
  serverNowMs: number,
): Promise<ExchangeRequest> {
  const { accessKeyId, accessKeySecret, securityToken } = await settings.accessKey();
  const headers: Headers = {
    accept: 'application/json',
    'x-log-apiversion': apiVersion,
    'x-log-bodyrawsize': '0',
    ...(securityToken === undefined ? {} : { 'x-acs-security-token': securityToken }),
    ...(settings.signature === 'v1' ? timeV1(serverNowMs) : timeV4(serverNowMs)),
  };
  // `fetch` sets the host by itself, and v4 signs it.
  const signed = { method, path, query, headers: { ...headers, host: new URL(settings.endpoint).host } };
  const sign = settings.signature === 'v1' ? signV1 : signV4;
  headers.authorization = await sign(signed, accessKeyId, accessKeySecret, settings.region);
  const target = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return { url: settings.endpoint + path + (target && `?${target}`), method, headers };
}

/** The SDK sends the empty digest as well. */
const timeV1 = (nowMs: number): Headers => ({
  'x-log-signaturemethod': 'hmac-sha256',
  date: new Date(nowMs).toUTCString(),
  'content-md5': '',
});

const timeV4 = (nowMs: number): Headers => ({
  'x-log-date': new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, ''),
  'x-log-content-sha256': emptyBodySha256Hex,
});

async function signV1(request: SignedRequest, accessKeyId: string, secret: string): Promise<string> {
  return `${authorizationV1} ${accessKeyId}:${base64(await hmacSha256(secret, stringToSignV1(request)))}`;
}

async function signV4(request: SignedRequest, accessKeyId: string, secret: string, region: string): Promise<string> {
  const time = request.headers['x-log-date'] ?? '';
  const day = time.slice(0, 8);
  const scope = scopeV4(day, region);
  const text = stringToSignV4(time, scope, sha256(canonicalRequestV4(request, emptyBodySha256Hex)));
  const signature = hex(await signWithKeyOf(secret, day, region, text));
  return `${authorizationV4} Credential=${accessKeyId}/${scope},Signature=${signature}`;
}

const signWithKeyOf = (secret: string, day: string, region: string, text: string): ReturnType<typeof hmacSha256> =>
  hmacSha256(signingKeyV4(secret, day, region, hmacSha256), text);
