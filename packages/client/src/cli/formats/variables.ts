/** A token as variables of an environment. */

import { localEndMs } from '../../adapters/local-end.ts';
import type { Token } from '../../core/token.ts';
import { rfc3339 } from './instant.ts';
import type { Issued } from './issued.ts';
import { keysIn } from './keys.ts';

export type Variables = Readonly<Record<string, string>>;

/**
 * `HUFU_TOKEN` and `HUFU_TOKEN_EXPIRES_AT` for every provider; beside them the token under a name that tells whose it is, and
 * temporary keys by the names that the vendor's SDKs read.
 */
export function variablesOf({ provider, token }: Issued): Variables {
  const endMs = localEndMs(token);
  const keys = keysIn(token);
  return {
    HUFU_TOKEN: token.token,
    ...(endMs !== undefined && { HUFU_TOKEN_EXPIRES_AT: rfc3339(endMs) }),
    ...(own[provider]?.(token) ?? {}),
    ...(keys && {
      ALIBABA_CLOUD_ACCESS_KEY_ID: keys.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: keys.accessKeySecret,
      ALIBABA_CLOUD_SECURITY_TOKEN: keys.securityToken,
    }),
  };
}

const own: Readonly<Record<string, (token: Token) => Variables>> = {
  sls: ({ token, extra }) => ({
    SLS_ACCESS_TOKEN: token,
    ...(typeof extra.ticket === 'string' && { SLS_TICKET: extra.ticket }),
  }),
  pds: ({ token }) => ({ PDS_ACCESS_TOKEN: token }),
  scnet: ({ token }) => ({ SCNET_TOKEN: token }),
  oauth2: ({ token }) => ({ OAUTH2_ACCESS_TOKEN: token }),
};
