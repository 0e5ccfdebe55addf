/** What a refresh leaves out stays as it was (RFC 6749, section 6): an absent refresh token never overwrites one. */

import { present } from './present.ts';
import type { Grant } from './provider.ts';

export function mergeGrant(previous: Grant, next: Grant): Grant {
  const { scope, audience, subject, idToken, extra } = previous.token;
  return {
    // An end that was told with the old refresh token says nothing of a new one.
    ...(next.refreshToken === undefined && previous),
    ...present(next),
    token: {
      ...present({ scope, audience, subject, idToken }),
      ...present(next.token),
      token: next.token.token,
      extra: { ...extra, ...next.token.extra },
    },
    raw: { ...previous.raw, ...next.raw },
  };
}
