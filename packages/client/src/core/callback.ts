/** The URL that a user comes back to from a login (RFC 6749, section 4.1.2). */

import type { PendingLogin } from './authorize.ts';
import { TokenError } from './errors.ts';
import { plainWord } from './redact.ts';

/** Whatever stands before it: schemes of native applications are no URLs to every parser. */
export const queryOf = (callback: string): URLSearchParams =>
  new URLSearchParams(/\?([^#]*)/.exec(callback)?.[1] ?? '');

/** The code of a callback. Throws `TokenError` where it brings none, or belongs to another login. */
export function codeFrom(callback: string, { state }: Pick<PendingLogin, 'state'>): string {
  const query = queryOf(callback);
  if (query.get('state') !== state) {
    throw new TokenError({
      code: 'malformed_response',
      message: 'the callback belongs to another login: its state differs',
    });
  }
  const vendorCode = plainWord(query.get('error'));
  const code = query.get('code');
  if (code && query.getAll('code').length === 1 && !query.has('error')) return code;
  const why = vendorCode ? ` (${vendorCode})` : '';
  throw new TokenError({ code: 'invalid_grant', message: `the login gave no code${why}`, vendorCode });
}
