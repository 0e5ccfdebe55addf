/** Tokens that are temporary keys: the security token, with the other two parts beside it. */

import { TokenError } from '../../core/errors.ts';
import type { Token } from '../../core/token.ts';
import type { Issued } from './issued.ts';

export interface TemporaryKeys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
}

/** The security token is the token itself, unless the answer had a member of that name. */
export function keysIn({ token, extra }: Token): TemporaryKeys | undefined {
  const { accessKeyId, accessKeySecret, securityToken = token } = extra;
  const isWhole = isText(accessKeyId) && isText(accessKeySecret) && isText(securityToken);
  return isWhole ? { accessKeyId, accessKeySecret, securityToken } : undefined;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Throws `TokenError` with `config` for tokens of another shape. @param what needs keys. */
export function keysOf({ provider, token }: Issued, what: string): TemporaryKeys {
  const keys = keysIn(token);
  if (keys) return keys;
  const message = `${what} is for temporary keys, and a token of ${provider} is none: it has no accessKeyId and accessKeySecret beside it`;
  throw new TokenError({ code: 'config', message });
}
