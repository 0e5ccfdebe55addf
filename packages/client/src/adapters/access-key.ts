/** Temporary AccessKeys as tokens: `token` is the security token, the other two parts are in `extra`. */

import { TokenError } from '../core/errors.ts';
import type { Token } from '../core/types.ts';

export interface TemporaryKey {
  readonly id: string;
  readonly secret: string;
  readonly securityToken: string;
}

export function temporaryKey({ token, extra }: Token): TemporaryKey {
  const part = (name: string): string => {
    const value = extra[name];
    if (typeof value === 'string' && value !== '') return value;
    const message = `the token has no ${name} in extra: give { token: securityToken, extra: { accessKeyId, accessKeySecret } }`;
    throw new TokenError({ code: 'config', message });
  };
  return { id: part('accessKeyId'), secret: part('accessKeySecret'), securityToken: token };
}
