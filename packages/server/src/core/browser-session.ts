/**
 * A browser in which somebody is signed in. It is a grant like every other: listed, revoked by one call, ended by watermarks
 * and by a disabled account. Its cookie is an opaque token that only this server reads. It gives no access to anything but
 * the login: the format stands in no dialect, so that introspection and revocation do not know it.
 */

import { isGrantId } from './ids.ts';
import { secondMs, unixSeconds } from './time.ts';
import type { TokenFormat } from './token.ts';

/** What stands as the dialect of these grants. */
export const loginDialect = 'login';

export const browserSessionFormat: TokenFormat = {
  type: 'browser_session',
  dialect: loginDialect,
  shape: 'opaque',
  role: 'grant',
  keyUse: loginDialect,
  algorithm: 'HS256',
  encode: ({ id }, { issuedAtMs, expiresAtMs }) => ({
    header: { typ: 'session' },
    payload: JSON.stringify({ sid: id, iat: unixSeconds(issuedAtMs), exp: unixSeconds(expiresAtMs) }),
  }),
  read: ({ sid, iat, exp }) =>
    typeof sid === 'string' && isGrantId(sid) && typeof iat === 'number' && typeof exp === 'number'
      ? { grantId: sid, issuedAtMs: iat * secondMs, expiresAtMs: exp * secondMs, generation: undefined }
      : undefined,
};
