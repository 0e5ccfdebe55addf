/** Signs SLS requests as the vendor's SDKs do, from the wire facts: what a test sends by hand. */

import { createHash, createHmac } from 'node:crypto';
import {
  apiVersion,
  canonicalRequestV4,
  emptyBodySha256Hex,
  scopeV4,
  signingKeyV4,
  stringToSignV1,
  stringToSignV4,
} from '@hufu/wire/sls';

export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string | undefined;
}

export interface Sketch {
  readonly method?: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly host: string;
  readonly atMs: number;
  readonly body?: string;
  /** Added before signing. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Signed {
  readonly method: string;
  /** Path and query as they go over the wire. */
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
}

const hmac = (key: string | Uint8Array, text: string): Uint8Array => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export function signV1(keys: Keys, sketch: Sketch, method: 'hmac-sha1' | 'hmac-sha256' = 'hmac-sha256'): Signed {
  const { body } = sketch;
  const headers: Record<string, string> = {
    host: sketch.host,
    date: new Date(sketch.atMs).toUTCString(),
    'x-log-apiversion': apiVersion,
    'x-log-bodyrawsize': String(Buffer.byteLength(body ?? '')),
    'x-log-signaturemethod': method,
    ...(keys.securityToken === undefined ? {} : { 'x-acs-security-token': keys.securityToken }),
    ...(body === undefined
      ? {}
      : {
          'content-type': 'application/json',
          'content-md5': createHash('md5').update(body).digest('hex').toUpperCase(),
        }),
    ...sketch.headers,
  };
  const query = Object.entries(sketch.query ?? {});
  const text = stringToSignV1({ method: sketch.method ?? 'POST', path: sketch.path, query, headers });
  const signature = createHmac(method.slice(5), keys.accessKeySecret).update(text).digest('base64');
  headers.authorization = `LOG ${keys.accessKeyId}:${signature}`;
  return { method: sketch.method ?? 'POST', target: target(sketch), headers, body };
}

export function signV4(keys: Keys, sketch: Sketch, region: string): Signed {
  const { body } = sketch;
  const dateTime = `${new Date(sketch.atMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const day = dateTime.slice(0, 8);
  const digest = body === undefined ? emptyBodySha256Hex : sha256(body);
  const headers: Record<string, string> = {
    host: sketch.host,
    'x-log-apiversion': apiVersion,
    'x-log-bodyrawsize': String(Buffer.byteLength(body ?? '')),
    'x-log-date': dateTime,
    'x-log-content-sha256': digest,
    ...(keys.securityToken === undefined ? {} : { 'x-acs-security-token': keys.securityToken }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...sketch.headers,
  };
  const query = Object.entries(sketch.query ?? {});
  const canonical = canonicalRequestV4({ method: sketch.method ?? 'POST', path: sketch.path, query, headers }, digest);
  const text = stringToSignV4(dateTime, scopeV4(day, region), sha256(canonical));
  const signature = createHmac('sha256', signingKeyV4(keys.accessKeySecret, day, region, hmac))
    .update(text)
    .digest('hex');
  headers.authorization = `SLS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scopeV4(day, region)},Signature=${signature}`;
  return { method: sketch.method ?? 'POST', target: target(sketch), headers, body };
}

function target({ path, query = {} }: Sketch): string {
  const text = Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return text === '' ? path : `${path}?${text}`;
}
