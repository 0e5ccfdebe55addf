/** Logins in which a user is sent to a page and comes back with a code (RFC 6749, section 4.1; RFC 7636). */

import { type Bytes, base64Url } from './crypto/bytes.ts';
import type { Signal } from './platform.ts';
import { randomHex } from './random.ts';
import { sha256 } from './sha256.ts';

/**
 * Shows `url` to the user, and gives the URL that they came back to, its query included: a server on loopback does so for a
 * command, a popup for a page. The signal ends the wait.
 */
export type Authorize = (url: string, context: { readonly signal: Signal }) => Promise<string>;

/** What has to be kept until the user is back. Secret: whoever has it and the callback gets the tokens. */
export interface PendingLogin {
  /** Where to send the user. */
  readonly url: string;
  /** Comes back unchanged: what tells this login from one that somebody else began. */
  readonly state: string;
  /** `undefined` where the login goes without PKCE. */
  readonly codeVerifier?: string | undefined;
}

/** 256 bits each. */
export const newState = (): string => randomHex(32);
export const newCodeVerifier = (): string => randomHex(32);

/** S256 (RFC 7636, section 4.2). */
export function codeChallengeOf(codeVerifier: string): string {
  const digits = sha256(codeVerifier).match(/../g) ?? [];
  const bytes: Bytes = Uint8Array.from(digits, (digit) => Number.parseInt(digit, 16));
  return base64Url(bytes);
}
