/** Outcome to HTTP: token answers (RFC 6749, section 5.1), introspection (RFC 7662, section 2.2), and refusals. */

import { errorStatus, paths, tokenType } from '@hufu/wire/oauth';
import type { Outcome, SessionOutcome } from '../../core/outcome.ts';
import type { AnswerContext, WireAnswer } from '../dialect.ts';
import type { OAuthError } from './errors.ts';

/** Endpoints that pages of any origin may call: they take no cookies, so a page can do there what any machine can. */
export const crossOriginPaths: readonly string[] = [paths.token, paths.revoke];

export function answer(outcome: Outcome, context: AnswerContext): WireAnswer {
  switch (outcome.did) {
    case 'session':
      return json(200, tokenAnswer(outcome), context);
    case 'introspection':
      return json(200, outcome.introspection, context);
    case 'ended':
      return { status: 200, headers: [...jsonType, ...headers(context)], body: '' };
    case 'token':
    case 'client_key':
    case 'regions':
    case 'inspected':
      throw new Error(`OAuth has no words for ${outcome.did}`);
  }
}

/** With its scope always, so that nobody has to know what was asked for. */
const tokenAnswer = ({ accessToken, expiresInSeconds, refreshToken, scope }: SessionOutcome): object => ({
  access_token: accessToken,
  token_type: tokenType,
  expires_in: expiresInSeconds,
  ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
  ...(scope === undefined ? {} : { scope }),
});

/** With an empty body, too: simple-oauth2 takes a revocation without it for a failure. */
const jsonType = ['content-type', 'application/json'];

/** Every 401 names a scheme (RFC 9110, section 15.5.2). */
const challenge = ['www-authenticate', 'Basic realm="hufu", charset="UTF-8"'];

/** For whoever reads it: the store is mostly there again after a moment. */
const retryAfterSeconds = '1';

export function refusal(
  { code, description, status = errorStatus[code] }: OAuthError & { readonly status?: number },
  context: AnswerContext,
): WireAnswer {
  const more = [
    ...(status === 401 ? challenge : []),
    ...(status === 405 ? ['allow', 'POST'] : []),
    ...(status === 503 ? ['retry-after', retryAfterSeconds] : []),
  ];
  return json(status, { error: code, error_description: description }, context, more);
}

const json = (status: number, body: object, context: AnswerContext, more: readonly string[] = []): WireAnswer => ({
  status,
  headers: [...jsonType, ...headers(context), ...more],
  body: JSON.stringify(body),
});

/** Tokens and refusals are nobody's to cache (RFC 6749, section 5.1). */
const headers = ({ requestId, request }: AnswerContext): readonly string[] => [
  'cache-control',
  'no-store',
  'pragma',
  'no-cache',
  'x-request-id',
  requestId,
  ...(crossOriginPaths.includes(request.path) ? ['access-control-allow-origin', '*'] : []),
];
