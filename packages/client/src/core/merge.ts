/** What a refresh leaves out stays as it was (RFC 6749, section 6): an absent refresh token never overwrites one. */

import { present } from './present.ts';
import type { Grant } from './provider.ts';

export function mergeGrant(previous: Grant, next: Grant): Grant {
  const { scope, audience, subject, idToken, extra } = previous.token;
  // An end that was told with the old refresh token says nothing of a new one.
  const refresh = next.refreshToken === undefined ? { ...previous, ...present(next) } : next;
  return {
    token: {
      ...present({ scope, audience, subject, idToken }),
      ...present(next.token),
      ...(extra || next.token.extra ? { extra: { ...extra, ...next.token.extra } } : {}),
      token: next.token.token,
    },
    ...present({ refreshToken: refresh.refreshToken, refreshExpiresAtMs: refresh.refreshExpiresAtMs }),
    ...(previous.raw || next.raw ? { raw: { ...previous.raw, ...next.raw } } : {}),
  };
}
