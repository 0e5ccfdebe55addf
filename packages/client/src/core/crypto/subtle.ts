/** WebCrypto, or a clear word where there is none. Providers sign with it; nothing else of the core needs it. */

import { TokenError } from '../errors.ts';

export function subtle(): typeof crypto.subtle {
  // The types promise it, and pages on plain http do not have it.
  const found: typeof crypto.subtle | undefined = crypto.subtle;
  if (found) return found;
  throw new TokenError({
    code: 'config',
    message: 'WebCrypto is missing: a page has to come over https, or from localhost',
  });
}
