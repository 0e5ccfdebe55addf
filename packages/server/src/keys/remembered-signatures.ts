/**
 * Remembers which signatures held under a key. That one holds is true for ever, and the same token is shown again and again
 * while it lives: finding out costs a hash then, and not a curve (docs/decisions/0025).
 */

import type { CheckSignature } from './algorithms.ts';
import { hashing } from './hashing.ts';

/**
 * Keeps the digest of what was signed together with its signature, of those that held and of no others: nobody fills the memory
 * with guesses. The oldest gives way.
 *
 * @param most that are kept, some 100 bytes each; 0 for none.
 */
export function rememberingChecker(check: CheckSignature, most: number): CheckSignature {
  if (most === 0) return check;
  const held = new Set<string>();
  return (signingInput, signature) => {
    // A line break stands in nothing that held, so that every text parts into the same two again.
    const digest = hashing.digestText('sha256', `${signingInput}\n${signature}`, 'base64url');
    if (held.has(digest)) return true;
    if (!check(signingInput, signature)) return false;
    const oldest = held.size >= most ? held.values().next().value : undefined;
    if (oldest !== undefined) held.delete(oldest);
    held.add(digest);
    return true;
  };
}
