/** The two calls that give tokens: for a code, an assertion or a refresh token. */

import { grantTypes } from '@hufu/wire/pds';
import { accept, type Decision } from '../../core/reasons.ts';
import type { SessionSpeech } from '../../core/speech.ts';
import type { Parsed, WireRequest } from '../dialect.ts';
import type { Call } from './caller.ts';
import { optionalOf, requiredOf } from './members.ts';
import { operations } from './operations.ts';
import type { PdsOptions } from './options.ts';
import { malformed } from './problem.ts';
import { inSubdomain } from './speech.ts';
import { isVisible } from './visible.ts';

/** Kinds of application by how their sessions begin: at a browser, or with a key of their own. */
export const codeTypes: readonly string[] = ['WebServer', 'WebBrowser', 'Native'];
const jwtTypes: readonly string[] = ['JWT'];

export function parseToken(request: WireRequest, call: Call, speech: SessionSpeech, options: PdsOptions): Parsed {
  const grantType = requiredOf(call.members, 'grant_type');
  if (!grantType.ok) return grantType;
  switch (grantType.value) {
    case grantTypes.authorizationCode:
    case grantTypes.sdkCode:
      return parseCode(call, speech);
    case grantTypes.jwtBearer:
      return parseAssertion(call, speech, options);
    case grantTypes.refreshToken:
      return parseRefresh(request, call, speech, operations.token, refreshTypes(codeTypes, options));
    default:
      return malformed('notSupported', 'grant_type');
  }
}

export function parseAccountToken(
  request: WireRequest,
  call: Call,
  speech: SessionSpeech,
  options: PdsOptions,
): Parsed {
  const grantType = requiredOf(call.members, 'grant_type');
  if (!grantType.ok) return grantType;
  if (grantType.value !== grantTypes.refreshToken) return malformed('notSupported', 'grant_type');
  return parseRefresh(request, call, speech, operations.accountToken, refreshTypes(jwtTypes, options));
}

const refreshTypes = (documented: readonly string[], { refreshPaths }: PdsOptions): readonly string[] =>
  refreshPaths === 'documented' ? documented : [...codeTypes, ...jwtTypes];

/** RFC 7636, section 4.1. */
const verifierForm = /^[A-Za-z0-9\-._~]{43,128}$/;

function parseCode({ members, client, tenant }: Call, speech: SessionSpeech): Parsed {
  const code = requiredOf(members, 'code');
  if (!code.ok) return code;
  const redirectUri = requiredOf(members, 'redirect_uri');
  if (!redirectUri.ok) return redirectUri;
  const codeVerifier = optionalOf(members, 'code_verifier');
  if (codeVerifier !== undefined && !verifierForm.test(codeVerifier)) return malformed('wrongFormat', 'code_verifier');
  return {
    ok: true,
    command: {
      do: 'redeem',
      operation: operations.token,
      speech,
      client,
      tenant,
      clientTypes: codeTypes,
      code: code.value,
      redirectUri: redirectUri.value,
      codeVerifier,
      resource: undefined,
    },
  };
}

function parseAssertion({ members, client, tenant }: Call, speech: SessionSpeech, options: PdsOptions): Parsed {
  const assertion = requiredOf(members, 'assertion');
  if (!assertion.ok) return assertion;
  const subdomainId = optionalOf(members, 'subdomain_id');
  if (!isVisible(subdomainId ?? '')) return malformed('invalid', 'subdomain_id');
  if ([...(subdomainId ?? '')].length > options.subdomainIdMaximumLength)
    return malformed('outOfRange', 'subdomain_id');
  return {
    ok: true,
    command: {
      do: 'assert',
      operation: operations.token,
      speech: inSubdomain(speech, subdomainId),
      client,
      tenant,
      clientTypes: jwtTypes,
      assertion: assertion.value,
      scope: undefined,
      resource: undefined,
    },
  };
}

function parseRefresh(
  { headers }: WireRequest,
  { members, client, tenant }: Call,
  speech: SessionSpeech,
  operation: string,
  clientTypes: readonly string[],
): Parsed {
  const refreshToken = requiredOf(members, 'refresh_token');
  if (!refreshToken.ok) return refreshToken;
  const idempotencyKey = readIdempotencyKey(headers['idempotency-key']);
  if (!idempotencyKey.ok) return idempotencyKey;
  return {
    ok: true,
    command: {
      do: 'refresh',
      operation,
      speech,
      client,
      tenant,
      clientTypes,
      refreshToken: refreshToken.value,
      idempotencyKey: idempotencyKey.value,
      scope: undefined,
      resource: undefined,
    },
  };
}

/** Ours: whoever repeats a refresh under the same key means the same attempt. */
const readIdempotencyKey = (key: string | undefined): Decision<string | undefined> =>
  key === undefined || /^[\x21-\x7e]{1,255}$/.test(key) ? accept(key) : malformed('invalid', 'idempotency_key');
