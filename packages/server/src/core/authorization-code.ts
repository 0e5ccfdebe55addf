/** A one-time authorization code (RFC 6749, section 4.1.2): decided here, performed by the store in one write. */

import type { GrantId } from './ids.ts';
import type { Reason } from './reasons.ts';
import { isOver } from './time.ts';

export interface AuthorizationCode {
  /** SHA-256 of the code in hexadecimal: no store keeps the code. */
  readonly hash: string;
  readonly dialect: string;
  readonly tenant: string;
  readonly subject: string;
  readonly clientId: string;
  /** As it stood in the authorization request. */
  readonly redirectUri: string;
  /** S256 challenge (RFC 7636, section 4.2); `undefined` where the request had none. */
  readonly codeChallenge: string | undefined;
  readonly scope: string | undefined;
  readonly audience: string | undefined;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

export interface StoredCode extends AuthorizationCode {
  /** The grant that came from it; set once. */
  readonly redeemedBy: GrantId | undefined;
  /** Newest not-before watermark over its subject, client or tenant; 0 where there is none. */
  readonly notBeforeMs: number;
}

/** A code as a client presents it, authenticated. */
export interface PresentedCode {
  readonly clientId: string;
  readonly redirectUri: string | undefined;
  /** S256 of the code verifier; `undefined` where none was sent. */
  readonly challenge: string | undefined;
}

export type Redemption =
  | { readonly do: 'redeem' }
  /** It was used before: what came from it ends (RFC 9700, section 4.2.4 with RFC 6749, section 4.1.2). */
  | { readonly do: 'revoke'; readonly grantId: GrantId; readonly reason: Reason }
  | { readonly do: 'refuse'; readonly reason: Reason };

export function decideRedemption(code: StoredCode, presented: PresentedCode, nowMs: number): Redemption {
  const { clientId } = code;
  const no = (problem: 'client' | 'redirect_uri' | 'code_verifier'): Redemption => ({
    do: 'refuse',
    reason: { code: 'code_mismatch', clientId, problem },
  });
  // Before everything else: whoever is not the client learns nothing of the code, and ends nothing.
  if (presented.clientId !== clientId) return no('client');
  if (code.redeemedBy !== undefined) {
    const reason: Reason = { code: 'code_replayed', grantId: code.redeemedBy };
    return { do: 'revoke', grantId: code.redeemedBy, reason };
  }
  // Whoever revokes all grants of a user or a client, or deletes one, means those that are still to be fetched too.
  const isRevoked = code.issuedAtMs <= code.notBeforeMs;
  if (isRevoked || isOver(code.expiresAtMs, nowMs)) return { do: 'refuse', reason: { code: 'code_expired', clientId } };
  // OAuth 2.1 leaves it out where PKCE binds the code already; where it is sent, it must be the one.
  const mayOmit = code.codeChallenge !== undefined;
  if (presented.redirectUri === undefined ? !mayOmit : presented.redirectUri !== code.redirectUri) {
    return no('redirect_uri');
  }
  // A verifier without a challenge is refused as well: the request was stripped of it (RFC 9700, section 4.8.2).
  if (presented.challenge !== code.codeChallenge) return no('code_verifier');
  return { do: 'redeem' };
}
