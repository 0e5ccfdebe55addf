/** A token that never changes, as a token source: for tests, and for keys that an operator sets. */

import { createTokenSource } from './create.ts';
import { TokenError } from './errors.ts';
import type { TokenFields } from './token.ts';
import type { TokenSource } from './token-source.ts';

/** @example staticToken(process.env.API_TOKEN) */
export function staticToken(token: string | TokenFields): TokenSource {
  const fields = typeof token === 'string' ? { token } : token;
  if (!fields.token) throw new TokenError({ code: 'config', message: 'staticToken: the token is empty' });
  let isGiven = false;
  return createTokenSource({
    provider: {
      id: 'static',
      kind: 'static',
      traits: { rotates: 'no' },
      key: () => 'static',
      async acquire() {
        if (isGiven) throw new TokenError({ code: 'reauth_required', message: 'a fixed token cannot be renewed' });
        isGiven = true;
        return { token: fields };
      },
    },
  });
}
