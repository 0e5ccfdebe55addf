/** WebCrypto, or a clear word where there is none. Providers sign with it; nothing else of the core needs it. */

import { refuse } from '../given.ts';

export function subtle(): typeof crypto.subtle {
  // The types promise it, and pages on plain http do not have it.
  const found: typeof crypto.subtle | undefined = crypto.subtle;
  return found ?? refuse('WebCrypto is missing: pages need https');
}
