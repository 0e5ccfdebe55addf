/** Outcome to HTTP: the `Token` structure in the order of a live answer, and the refusals that the SDK can read. */

import {
  errorBody,
  expireTime,
  gatewayErrorHeaders,
  jsonMediaType,
  type PdsToken,
  requestIdHeader,
  tokenBody,
} from '@hufu/wire/pds';
import type { Outcome, SessionOutcome } from '../../core/outcome.ts';
import { unixSeconds } from '../../core/time.ts';
import type { AnswerContext, WireAnswer } from '../dialect.ts';
import type { PdsError } from './errors.ts';
import { roles } from './roles.ts';

export function answer(outcome: Outcome, context: AnswerContext): WireAnswer {
  switch (outcome.did) {
    case 'session':
      return json(200, tokenBody(tokenOf(outcome)), context);
    case 'ended':
      return { status: 204, headers: plainHeaders(context), body: '' };
    case 'client_key': {
      const { client, publicKeyPem, keyId } = outcome;
      const body = { app_id: client.id, public_key: publicKeyPem, key_pair_id: keyId };
      return json(200, JSON.stringify(body), context);
    }
    case 'token':
    case 'introspection':
    case 'regions':
    case 'inspected':
      throw new Error(`PDS has no words for ${outcome.did}`);
  }
}

function tokenOf(outcome: SessionOutcome): PdsToken {
  const { grant, user, accessToken, accessTokenExpiresAtMs, expiresInSeconds } = outcome;
  const name = user?.loginName ?? user?.name ?? '';
  return {
    default_sbox_drive_id: user?.profile.sandboxDriveId ?? '',
    role: user?.role ?? roles.user,
    device_id: '',
    user_name: name,
    need_link: false,
    expire_time: expireTime(unixSeconds(accessTokenExpiresAtMs)),
    pin_setup: false,
    need_rp_verify: false,
    avatar: user?.profile.avatar ?? '',
    user_data: userData(user?.profile.data ?? ''),
    token_type: 'Bearer',
    access_token: accessToken,
    default_drive_id: user?.profile.driveId ?? '',
    domain_id: grant.tenant,
    // Browser applications have none.
    refresh_token: outcome.refreshToken ?? '',
    is_first_login: outcome.isFirstLogin,
    user_id: grant.subject,
    nick_name: user?.profile.nickName || (user?.name ?? ''),
    exist_link: [],
    state: '',
    expires_in: expiresInSeconds,
    status: user?.status ?? 'enabled',
    ...(grant.audience === undefined ? {} : { subdomain_id: grant.audience }),
  };
}

/** What is no object does not reach the caller, who would have to read it. */
function userData(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? { ...value } : {};
  } catch {
    return {};
  }
}

/** The gateway's own codes stand in its headers too, where the SDK looks if there is no body. */
export function refusal({ code, status, message }: PdsError, context: AnswerContext): WireAnswer {
  const answered = json(status, errorBody(code, message, context.requestId), context);
  return { ...answered, headers: [...answered.headers, ...moreHeaders(code, status, message)] };
}

function moreHeaders(code: string, status: number, message: string): readonly string[] {
  if (code === 'I404NF' || code === 'D504TO') {
    return [gatewayErrorHeaders.code, code, gatewayErrorHeaders.message, message];
  }
  if (status === 405) return ['allow', 'POST'];
  // For whoever reads it: the store is mostly there again after a moment.
  return status === 503 ? ['retry-after', '1'] : [];
}

const json = (status: number, body: string, context: AnswerContext): WireAnswer => ({
  status,
  headers: ['content-type', jsonMediaType, ...plainHeaders(context)],
  body,
});

/**
 * Nothing between us and the caller keeps a token (RFC 6749, section 5.1). Pages of any origin may read the answer and its
 * id, since no call looks at a cookie: a page can do there what any machine can.
 */
const plainHeaders = ({ requestId }: AnswerContext): readonly string[] => [
  'cache-control',
  'no-store',
  'access-control-allow-origin',
  '*',
  'access-control-expose-headers',
  requestIdHeader,
  requestIdHeader,
  requestId,
];
