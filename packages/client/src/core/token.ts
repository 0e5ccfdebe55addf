/** What callers get: an immutable token that knows its end and prints without its secret. */

import type { JsonObject } from './platform.ts';

/** What a provider says of a token, as plain data: this is what stores keep. */
export interface TokenFields {
  /** The secret itself. */
  readonly token: string;
  /** `Bearer` where the server does not say (RFC 6749, section 7.1). */
  readonly type?: string;
  /** Unix milliseconds by the server's clock. Leave out when only a lifetime is known. */
  readonly expiresAtMs?: number;
  /** From receipt on: `expires_in` times 1000. Preferred to `expiresAtMs`, since no clock is involved. */
  readonly lifetimeMs?: number;
  /** When the server would like the next refresh, by its clock. Wins over the policy's soft window. */
  readonly refreshAtMs?: number;
  readonly scope?: string;
  readonly audience?: string;
  readonly subject?: string;
  readonly idToken?: string;
  /** What one system alone knows: an SLS ticket, PDS domain and drive ids, SCNet region URLs. May hold secrets. */
  readonly extra?: JsonObject;
}

export interface Token {
  /** The secret. Not enumerable: spreading or printing a token does not show it. */
  readonly token: string;
  readonly type: string;
  /** Unix milliseconds by the server's clock; `undefined` where no end is known. */
  readonly expiresAtMs: number | undefined;
  readonly lifetimeMs: number | undefined;
  /** Unix milliseconds by the local clock. */
  readonly receivedAtMs: number;
  readonly refreshAtMs: number | undefined;
  readonly scope: string | undefined;
  readonly audience: string | undefined;
  readonly subject: string | undefined;
  /** Not enumerable. */
  readonly idToken: string | undefined;
  /** Not enumerable. */
  readonly extra: JsonObject;
  /** The generation of the record that it came with. */
  readonly generation: number;
  /** False where the store could not keep it: it ends with this process. */
  readonly persisted: boolean;
  /** Milliseconds until it ends, by the more pessimistic of the clocks; `Infinity` where no end is known. */
  expiresInMs(): number;
  /** Whether it lives for more than `minValidityMs` (default 0) from now. */
  isUsable(minValidityMs?: number): boolean;
  /** Everything but the secrets. */
  toJSON(): JsonObject;
}
