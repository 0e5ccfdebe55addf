/** What a JWT says. Nobody here could check it: that is the business of whom it is shown to. */

import { fromBase64 } from './crypto/bytes.ts';
import type { JsonObject } from './platform.ts';

/** Claims of a compact JWT; `undefined` where it is none. */
export function claimsOf(jwt: string): JsonObject | undefined {
  try {
    const claims: unknown = JSON.parse(new TextDecoder().decode(fromBase64(jwt.split('.')[1] ?? '')));
    // What JSON.parse gives holds nothing but JSON.
    return typeof claims === 'object' && claims !== null ? (claims as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
