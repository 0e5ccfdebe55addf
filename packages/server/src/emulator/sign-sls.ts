/** Signs requests to SLS as the vendor's SDK does, for the emulator's ready-made calls and its tour. */

import {
  apiVersion,
  authorizationV1,
  authorizationV4,
  canonicalRequestV4,
  emptyBodySha256Hex,
  type SignedRequest,
  scopeV4,
  signingKeyV4,
  stringToSignV1,
  stringToSignV4,
} from '@hufu/wire/sls';
import { hashing } from '../keys/hashing.ts';

export interface SlsCredentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Of temporary credentials. */
  readonly securityToken?: string | undefined;
}

export interface SlsCall {
  readonly path: string;
  /** Decoded. */
  readonly query?: Readonly<Record<string, string>>;
  readonly host: string;
  readonly atMs: number;
  /** Signs under v4 for this region; without it under v1 with hmac-sha256, the SDK's default. */
  readonly region?: string | undefined;
  /** Leaves out what the SDK sends and the service does not ask for: the size of a body that is not there. */
  readonly isBare?: boolean;
}

export interface SignedCall {
  readonly method: 'POST';
  /** Path and encoded query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Neither operation takes a body, so none is signed. */
export function signSls(credentials: SlsCredentials, call: SlsCall): SignedCall {
  const query = Object.entries(call.query ?? {});
  const headers: Record<string, string> = { host: call.host, 'x-log-apiversion': apiVersion };
  if (!call.isBare) headers['x-log-bodyrawsize'] = '0';
  if (credentials.securityToken !== undefined) headers['x-acs-security-token'] = credentials.securityToken;
  const request: SignedRequest = { method: 'POST', path: call.path, query, headers };
  if (call.region === undefined) signV1(credentials, request, headers, call.atMs);
  else signV4(credentials, request, headers, call.atMs, call.region);
  const encoded = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return { method: 'POST', target: encoded === '' ? call.path : `${call.path}?${encoded}`, headers };
}

/** `headers` are those of `request`; the signature's own join them. */
function signV1(by: SlsCredentials, request: SignedRequest, headers: Record<string, string>, atMs: number): void {
  headers['x-log-signaturemethod'] = 'hmac-sha256';
  headers.date = new Date(atMs).toUTCString();
  const signature = hashing.hmacText('sha256', by.accessKeySecret, stringToSignV1(request), 'base64');
  headers.authorization = `${authorizationV1} ${by.accessKeyId}:${signature}`;
}

function signV4(
  by: SlsCredentials,
  request: SignedRequest,
  headers: Record<string, string>,
  atMs: number,
  region: string,
): void {
  const dateTime = new Date(atMs).toISOString().replace(/[-:]|\.\d+/g, '');
  const day = dateTime.slice(0, 8);
  headers['x-log-date'] = dateTime;
  headers['x-log-content-sha256'] = emptyBodySha256Hex;
  const hmac = (key: string | Uint8Array, text: string): Uint8Array => hashing.hmac('sha256', key, text);
  const key = signingKeyV4<Uint8Array>(by.accessKeySecret, day, region, hmac);
  const scope = scopeV4(day, region);
  const canonical = hashing.digestHex('sha256', canonicalRequestV4(request, emptyBodySha256Hex));
  const signature = hashing.hmacText('sha256', key, stringToSignV4(dateTime, scope, canonical), 'hex');
  headers.authorization = `${authorizationV4} Credential=${by.accessKeyId}/${scope},Signature=${signature}`;
}
