/** The grant of a token answer. */

import type { JsonObject } from '../../core/platform.ts';
import { present } from '../../core/present.ts';
import type { Grant } from '../../core/provider.ts';

/** RFC 6749, section 5.1. */
export interface OAuth2TokenAnswer {
  readonly access_token: string;
  readonly token_type: string;
  /** Seconds. */
  readonly expires_in?: number;
  readonly refresh_token?: string;
  readonly scope?: string;
  readonly id_token?: string;
  readonly [name: string]: unknown;
}

/**
 * The grant for `TokenSource.adopt`, of an answer that came by other ways. What has no name of its own goes to the token's
 * `extra`.
 */
export function oauth2Grant(answer: OAuth2TokenAnswer): Grant {
  const { access_token, token_type, expires_in, refresh_token, scope, id_token, ...others } = answer;
  const fields = present({
    // Their case means nothing (RFC 6749, section 5.1), and one of them is written everywhere.
    type: token_type.toLowerCase() === 'bearer' ? 'Bearer' : token_type,
    lifetimeMs: expires_in === undefined ? undefined : expires_in * 1000,
    scope,
    idToken: id_token,
  });
  // It was JSON.
  const extra = others as JsonObject;
  return { token: { token: access_token, ...fields, extra }, ...present({ refreshToken: refresh_token }) };
}
