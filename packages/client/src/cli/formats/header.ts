/** The request header that carries a token. */

import { TokenError } from '../../core/errors.ts';
import type { Issued } from './issued.ts';

export interface RequestHeader {
  readonly name: string;
  readonly value: string;
}

/** RFC 9110, section 5.5, without the tab and what is not ASCII: both get lost or changed on some ways. */
const sendable = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/** `Authorization: Bearer …`; SCNet has a header of its own. Throws `TokenError` for a token that no header carries. */
export function requestHeader({ provider, token }: Issued): RequestHeader {
  const header =
    provider === 'scnet'
      ? { name: 'token', value: token.token }
      : { name: 'Authorization', value: `${token.type} ${token.token}` };
  if (sendable.test(header.value)) return header;
  throw new TokenError({ code: 'malformed_response', message: 'the token has characters that no header carries' });
}
