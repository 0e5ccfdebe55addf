/**
 * The requests of the official TypeScript SDK, signed ahead: header for header what it sends without a body.
 * A signature covers the time, which may be 15 minutes off: sign shortly before sending.
 */

import { createHash, createHmac } from 'node:crypto';
import {
  apiVersion,
  authorizationV1,
  authorizationV4,
  canonicalRequestV4,
  emptyBodySha256Hex,
  operations,
  percentEncodeAsSdk,
  type SignedRequest,
  scopeV4,
  signingKeyV4,
  stringToSignV1,
  stringToSignV4,
} from '@hufu/wire/sls';
import type { HttpRequest } from '../load/load.ts';

export interface Caller {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** `host:port`; v4 signs it. */
  readonly host: string;
}

export type Scheme = 'v1' | 'v4';

export const createTicket = (caller: Caller, scheme: Scheme, expirationTime?: number): HttpRequest =>
  sign(
    caller,
    scheme,
    operations.createTicket.path,
    expirationTime === undefined ? [] : [['expirationTime', String(expirationTime)]],
  );

export const refreshToken = (caller: Caller, scheme: Scheme, ticket: string): HttpRequest =>
  sign(caller, scheme, operations.refreshToken.path, [['ticket', ticket]]);

const region = 'cn-shanghai';
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

function sign(caller: Caller, scheme: Scheme, path: string, query: SignedRequest['query']): HttpRequest {
  const request = { method: 'POST', path, query };
  const { headers, authorization } = scheme === 'v1' ? signV1(caller, request) : signV4(caller, request);
  const queryText = query.map(([name, value]) => `${name}=${percentEncodeAsSdk(value)}`).join('&');
  return {
    method: 'POST',
    path: queryText === '' ? path : `${path}?${queryText}`,
    headers: [...Object.entries({ ...headers, authorization }), ['connection', 'keep-alive'], ['content-length', '0']],
    body: '',
  };
}

interface Signed {
  readonly headers: Readonly<Record<string, string>>;
  readonly authorization: string;
}

const common = (caller: Caller) => ({
  accept: 'application/json',
  host: caller.host,
  'user-agent': 'AlibabaCloud (linux; x64) Node.js/v20.20.2 Core/1.0.1 TeaDSL/2',
  'x-log-apiversion': apiVersion,
  'x-log-bodyrawsize': '0',
});

function signV1(caller: Caller, request: Omit<SignedRequest, 'headers'>): Signed {
  const headers = {
    ...common(caller),
    'x-log-signaturemethod': 'hmac-sha256',
    date: new Date().toUTCString(),
    'content-md5': '',
  };
  const signature = hmac(caller.accessKeySecret, stringToSignV1({ ...request, headers })).toString('base64');
  return { headers, authorization: `${authorizationV1} ${caller.accessKeyId}:${signature}` };
}

function signV4(caller: Caller, request: Omit<SignedRequest, 'headers'>): Signed {
  const dateTime = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = dateTime.slice(0, 8);
  const headers = { ...common(caller), 'x-log-date': dateTime, 'x-log-content-sha256': emptyBodySha256Hex };
  const canonical = createHash('sha256').update(canonicalRequestV4({ ...request, headers }, emptyBodySha256Hex));
  const scope = scopeV4(day, region);
  const text = stringToSignV4(dateTime, scope, canonical.digest('hex'));
  const key = signingKeyV4<Buffer>(caller.accessKeySecret, day, region, hmac);
  const signature = hmac(key, text).toString('hex');
  return {
    headers,
    authorization: `${authorizationV4} Credential=${caller.accessKeyId}/${scope},Signature=${signature}`,
  };
}
