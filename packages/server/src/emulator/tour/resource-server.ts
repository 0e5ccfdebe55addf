/** A resource server asks about a token (RFC 7662) or hands it back (RFC 7009). */

import { paths } from '@hufu/wire/oauth';
import { check, status } from './checks.ts';
import type { Check, TourAnswer, TourRequest } from './step.ts';

export interface ResourceServer {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** @param target path, that of introspection by default. */
export function askAbout(
  { clientId, clientSecret }: ResourceServer,
  token: string,
  target: string = paths.introspect,
): TourRequest {
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  return {
    method: 'POST',
    target,
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token }).toString(),
  };
}

/** Whoever asks about a token that is over learns this and nothing else. */
export const isOver = (answer: TourAnswer): Check[] => [
  status(answer, 200),
  check('the body {"active":false}', answer.body === '{"active":false}', `${answer.body.length} characters`),
];
