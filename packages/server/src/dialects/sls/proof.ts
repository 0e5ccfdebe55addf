/** Reads who signs an SLS request, and checks the signature once the secret is known. */

import {
  apiVersion,
  canonicalRequestV4,
  emptyBodySha256Hex,
  parseAuthorization,
  percentEncodeAsSdk,
  percentEncodeStrict,
  requestTimeV1,
  type SignedRequest,
  scopeV4,
  signatureMethods,
  signingKeyV4,
  stringToSignV1,
  stringToSignV4,
} from '@hufu/wire/sls';
import type { Hashing, SecretView, SignatureProof } from '../../core/proof.ts';
import { accept, type Decision } from '../../core/reasons.ts';
import { secondMs } from '../../core/time.ts';
import type { WireRequest } from '../dialect.ts';
import type { SlsOptions } from './options.ts';
import { excerpt, malformed } from './problem.ts';
import type { Query } from './query.ts';
import { parseRequestTime } from './time.ts';

export interface SignedBy {
  readonly proof: SignatureProof;
  /** Region of a v4 scope; v1 names none. */
  readonly region: string | undefined;
}

export function parseProof(request: WireRequest, query: Query, options: SlsOptions): Decision<SignedBy> {
  const { headers } = request;
  const version = headers['x-log-apiversion'];
  if (version === undefined) return malformed('MissingAPIVersion', 'x-log-apiversion does not exist in http header.');
  if (version !== apiVersion) {
    return malformed('InvalidAPIVersion', `x-log-apiversion ${excerpt(version)} is unsupported.`, 'x-log-apiversion');
  }
  const header = headers.authorization;
  if (header === undefined) return malformed('MissAccessKeyId', 'x-log-accesskeyid does not exist in header.');
  const authorization = parseAuthorization(header);
  if (!authorization) {
    const message = `http extend authorization : ${excerpt(header)} pair is invalid`;
    return malformed('ParameterInvalid', message, 'authorization header');
  }
  const signed: SignedRequest = { method: request.method, path: request.path, query, headers };
  const common = {
    kind: 'signature',
    accessKeyId: authorization.accessKeyId,
    securityToken: headers['x-acs-security-token'],
    clockSkewSeconds: options.clockSkewSeconds,
  } as const;

  if (authorization.scheme === 'v1') {
    const method = headers['x-log-signaturemethod'];
    if (method === undefined) {
      return malformed('MissingSignatureMethod', 'x-log-signaturemethod does not exist in http header.');
    }
    const known = method === 'hmac-sha256' || (method === 'hmac-sha1' && options.allowHmacSha1);
    if (!known) {
      const message = `signature method ${excerpt(method)} is unsupported.`;
      return malformed('InvalidSignatureMethod', message, 'x-log-signaturemethod');
    }
    const requestTime = readTime(requestTimeV1(headers));
    if (!requestTime.ok) return requestTime;
    const { signature } = authorization;
    const agrees = (signedDate: string | undefined): boolean =>
      isNear(signedDate, requestTime.value.atMs, options.clockSkewSeconds);
    const verify = (secret: SecretView, hashing: Hashing): boolean =>
      bodyIsSigned(request, 'v1', hashing) &&
      matchesV1(signed, signatureMethods[method], signature, agrees, secret, hashing);
    return accept({ proof: { ...common, requestTime: requestTime.value, verify }, region: undefined });
  }

  const dateTime = headers['x-log-date'];
  const requestTime = readTime(dateTime);
  if (!requestTime.ok) return requestTime;
  const { day, region, signature } = authorization;
  const verify = (secret: SecretView, hashing: Hashing): boolean =>
    bodyIsSigned(request, 'v4', hashing) &&
    dateTime?.slice(0, 8) === day &&
    matchesV4(signed, dateTime, day, region, signature, secret, hashing);
  return accept({ proof: { ...common, requestTime: requestTime.value, verify }, region });
}

function readTime(text: string | undefined): Decision<SignatureProof['requestTime']> {
  if (text === undefined || text === '') return malformed('MissingDate', 'Date does not exist in http header.');
  const atMs = parseRequestTime(text);
  if (atMs !== undefined) return accept({ atMs, text });
  return malformed('InvalidRequestTime', `request time ${excerpt(text)} not follow RFC822 spec`, 'request time');
}

function isNear(text: string | undefined, atMs: number, seconds: number): boolean {
  const other = text === undefined ? undefined : parseRequestTime(text);
  return other !== undefined && Math.abs(other - atMs) <= seconds * secondMs;
}

/** The signature covers a digest of the body: MD5 under v1, SHA-256 under v4. Whichever is sent has to be the body's. */
function bodyIsSigned({ headers, body }: WireRequest, scheme: 'v1' | 'v4', hashing: Hashing): boolean {
  const md5 = headers['content-md5'];
  const sha256 = headers['x-log-content-sha256'];
  if (md5 && hashing.digestHex('md5', body).toUpperCase() !== md5) return false;
  if (sha256) {
    const actual = body.length === 0 ? emptyBodySha256Hex : hashing.digestHex('sha256', body);
    if (actual !== sha256) return false;
  }
  if (scheme === 'v4') return Boolean(sha256);
  return Boolean(md5) || body.length === 0;
}

/**
 * `x-log-date` is not signed, or stands in the place of `Date`: the vendor's pages disagree, so both are tried.
 * Where it is not signed it must agree with the `Date` that is, or one recorded request would pass at any time.
 */
function matchesV1(
  request: SignedRequest,
  algorithm: 'sha1' | 'sha256',
  signature: string,
  agrees: (signedDate: string | undefined) => boolean,
  secret: SecretView,
  hashing: Hashing,
): boolean {
  const matches = (text: string): boolean =>
    hashing.equal(hashing.hmacText(algorithm, secret.text, text, 'base64'), signature);
  const logDate = request.headers['x-log-date'];
  if (logDate === undefined) return matches(stringToSignV1(request));
  if (matches(stringToSignV1(request, logDate))) return true;
  return agrees(request.headers.date) && matches(stringToSignV1(request));
}

/** The SDKs disagree on how `!'()*` are encoded, so a query that holds one of them is tried in both ways. */
function matchesV4(
  request: SignedRequest,
  dateTime: string,
  day: string,
  region: string,
  signature: string,
  secret: SecretView,
  hashing: Hashing,
): boolean {
  const key = secret.memo(`sls-v4/${day}/${region}`, () =>
    signingKeyV4<Uint8Array>(secret.text, day, region, (parent, text) => hashing.hmac('sha256', parent, text)),
  );
  const bodyDigest = request.headers['x-log-content-sha256'] ?? '';
  const matches = (percentEncode: (value: string) => string): boolean => {
    const canonical = hashing.digestHex('sha256', canonicalRequestV4(request, bodyDigest, percentEncode));
    const text = stringToSignV4(dateTime, scopeV4(day, region), canonical);
    return hashing.equal(hashing.hmacText('sha256', key, text, 'hex'), signature);
  };
  if (matches(percentEncodeAsSdk)) return true;
  return request.query.some(([, value]) => /[!'()*]/.test(value)) && matches(percentEncodeStrict);
}
