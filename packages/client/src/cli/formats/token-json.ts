/** A token as JSON for other programs. Members are added, never renamed. */

import type { JsonObject } from '../../core/platform.ts';
import { rfc3339 } from './instant.ts';
import type { Issued } from './issued.ts';

/** `expiresAt` is by the server's clock, as the server said it; `null` stands for what is not known. */
export const tokenJson = ({ profile, provider, token }: Issued): JsonObject => ({
  profile,
  provider,
  token: token.token,
  type: token.type,
  expiresAt: token.expiresAtMs === undefined ? null : rfc3339(token.expiresAtMs),
  scope: token.scope ?? null,
  audience: token.audience ?? null,
  subject: token.subject ?? null,
  idToken: token.idToken ?? null,
  extra: token.extra,
});
