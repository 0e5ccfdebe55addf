/** What a JWT says. Nobody here could check it: that is the business of whom it is shown to. */

import { fromBase64 } from './crypto/bytes.ts';

/** Claims of a compact JWT; `undefined` where it is none. */
export function claimsOf(jwt: string): Record<string, unknown> | undefined {
  try {
    const claims: unknown = JSON.parse(new TextDecoder().decode(fromBase64(jwt.split('.')[1] ?? '')));
    // An object of JSON has texts as names and anything as values.
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
