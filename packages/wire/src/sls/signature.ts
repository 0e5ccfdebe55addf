/**
 * The two request signatures of SLS, as text to sign. Hashing is passed in, so that this file runs in any JavaScript runtime.
 *
 * sdk: `@alicloud/gateway-sls` 0.3.2, run against a recorder; doc:
 * https://help.aliyun.com/en/sls/developer-reference/request-signatures (v1) and
 * https://help.aliyun.com/en/sls/developer-reference/request-signature-v4 (v4), read 2026-11-22.
 */

import { authorizationV4 } from './facts.ts';

export interface SignedRequest {
  /** Upper case. */
  readonly method: string;
  readonly path: string;
  /** Decoded names and values. */
  readonly query: ReadonlyArray<readonly [name: string, value: string]>;
  /** Names in lower case, one value each. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `x-log-meta-…` is data of other operations and is signed by no scheme (Python and Go SDKs). */
const isLogHeader = (name: string): boolean =>
  (name.startsWith('x-log-') && !name.startsWith('x-log-meta-')) || name.startsWith('x-acs-');

/**
 * The time header of a v1 request: `x-log-date` where present, else `Date`.
 * Only the skew check reads it so; the signature always covers `Date`.
 */
export const requestTimeV1 = (headers: SignedRequest['headers']): string | undefined =>
  headers['x-log-date'] ?? headers.date;

/**
 * The v1 text to sign. Query values stand decoded; `x-log-date` is left out, since the Python SDK adds it after signing.
 * `date` defaults to the `Date` header: the older signature page says that `x-log-date` takes its place, so a verifier
 * may have to try both.
 */
export function stringToSignV1(request: SignedRequest, date: string = request.headers.date ?? ''): string {
  const { headers, query } = request;
  const names: string[] = [];
  for (const name in headers) {
    if (headers[name] !== undefined && isLogHeader(name) && name !== 'x-log-date') names.push(name);
  }
  names.sort(byName);
  let text = `${request.method}\n${headers['content-md5'] ?? ''}\n${headers['content-type'] ?? ''}\n${date}\n`;
  for (const name of names) text += `${name}:${headers[name]}\n`;
  text += request.path;
  if (query.length === 0) return text;
  const pairs = query.length > 1 ? [...query].sort((a, b) => byName(a[0], b[0])) : query;
  let separator = '?';
  for (const [name, value] of pairs) {
    text += `${separator}${name}=${value}`;
    separator = '&';
  }
  return text;
}

/**
 * `encodeURIComponent` as the TypeScript SDK applies it: `+`, `*` and `%7E` replaced once each, `!'()` left bare.
 * The Go and Python SDKs encode strictly; the two differ only on those characters.
 */
export const percentEncodeAsSdk = (value: string): string =>
  encodeURIComponent(value).replace('+', '%20').replace('*', '%2A').replace('%7E', '~');

/** Strict RFC 3986 encoding, as the Go and Python SDKs apply it. */
export const percentEncodeStrict = (value: string): string =>
  encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** The v4 canonical request. The list of signed headers is not sent, so it is rebuilt from what was received. */
export function canonicalRequestV4(
  request: SignedRequest,
  bodySha256Hex: string,
  percentEncode: (value: string) => string = percentEncodeAsSdk,
): string {
  const { headers, query } = request;
  const names: string[] = [];
  for (const name in headers) {
    if (headers[name] === undefined) continue;
    if (isLogHeader(name) || name === 'host' || name === 'content-type') names.push(name);
  }
  names.sort(byName);
  const pairs = query.length > 1 ? [...query].sort((a, b) => byName(a[0], b[0])) : query;
  const queryText = pairs.map(([name, value]) => (value === '' ? name : `${name}=${percentEncode(value)}`)).join('&');
  let text = `${request.method}\n${request.path}\n${queryText}\n`;
  for (const name of names) text += `${name}:${headers[name]?.trim()}\n`;
  return `${text}\n${names.join(';')}\n${bodySha256Hex}`;
}

/** `20241030/cn-shanghai/sls/aliyun_v4_request`; `day` is the first 8 characters of `x-log-date`. */
export const scopeV4 = (day: string, region: string): string => `${day}/${region}/sls/aliyun_v4_request`;

export const stringToSignV4 = (dateTime: string, scope: string, canonicalRequestSha256Hex: string): string =>
  `${authorizationV4}\n${dateTime}\n${scope}\n${canonicalRequestSha256Hex}`;

/** The v4 signing key, by four HMAC-SHA256 in a row. It depends on secret, day and region only. */
export function signingKeyV4<Bytes>(
  secret: string,
  day: string,
  region: string,
  hmacSha256: (key: string | Bytes, text: string) => Bytes,
): Bytes {
  const dayKey = hmacSha256(`aliyun_v4${secret}`, day);
  const regionKey = hmacSha256(dayKey, region);
  const serviceKey = hmacSha256(regionKey, 'sls');
  return hmacSha256(serviceKey, 'aliyun_v4_request');
}

export type Authorization =
  | { readonly scheme: 'v1'; readonly accessKeyId: string; readonly signature: string }
  | {
      readonly scheme: 'v4';
      readonly accessKeyId: string;
      readonly day: string;
      readonly region: string;
      readonly signature: string;
    };

const v1Form = /^LOG ([^:\s]+):([A-Za-z0-9+/]{1,128}={0,2})$/;
const v4Form =
  /^SLS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([A-Za-z0-9-]{1,64})\/sls\/aliyun_v4_request,\s?Signature=([0-9a-f]{64})$/;

/** Reads an `Authorization` header; `undefined` where it follows neither form. */
export function parseAuthorization(header: string): Authorization | undefined {
  const v1 = v1Form.exec(header);
  if (v1) return { scheme: 'v1', accessKeyId: v1[1] ?? '', signature: v1[2] ?? '' };
  const v4 = v4Form.exec(header);
  if (!v4) return undefined;
  const [, accessKeyId = '', day = '', region = '', signature = ''] = v4;
  return { scheme: 'v4', accessKeyId, day, region, signature };
}
