/** What stands between a login page and a session: one-time codes, counted attempts, consents. */

import type { AuditEvent } from '../../core/audit.ts';
import type { AuthorizationCode, PresentedCode, StoredCode } from '../../core/authorization-code.ts';
import type { Consent } from '../../core/directory.ts';
import type { Grant } from '../../core/grant.ts';
import type { AttemptDecision, LoginPolicy } from '../../core/login-attempts.ts';
import type { Reason } from '../../core/reasons.ts';

/** A one-time code is used. */
export interface RedeemAsk {
  readonly hash: string;
  readonly presented: PresentedCode;
  /** What the code gives, made from what `findCode` told. */
  readonly grant: Grant;
  readonly nowMs: number;
  /** Kept with what was decided: its type, its reason and the grant are the store's to fill in. */
  readonly event: Omit<AuditEvent, 'type' | 'reason' | 'grantId'>;
}

export type RedeemOutcome = { readonly did: 'redeemed' } | { readonly did: 'refused'; readonly reason: Reason };

export interface CodeStore {
  createCode(code: AuthorizationCode, event: AuditEvent): Promise<void>;
  findCode(hash: string): Promise<StoredCode | undefined>;
  /**
   * Decides over a presented code with `decideRedemption`, and writes what was decided in the same transaction: of any
   * number of calls with one code exactly one creates its grant. A replay revokes the grant that came from the code.
   * Keeps one event for a redemption (`grant.issued`), a replay (`code.replayed`) and a refusal (`grant.refused`).
   */
  redeemCode(ask: RedeemAsk): Promise<RedeemOutcome>;
  /** Deletes at most `limit` codes that ended before `endedBeforeMs`; returns how many went. */
  purgeCodes(endedBeforeMs: number, limit: number): Promise<number>;
}

export interface LoginStore {
  /**
   * Decides with `decideAttempt` and keeps the count in the same transaction, before a password is looked at.
   * @param key hash of who is tried; the store need not know whether there is such a user.
   */
  countAttempt(key: string, policy: LoginPolicy, nowMs: number): Promise<AttemptDecision>;
  /** The password was right: the count starts again from nothing. */
  forgetAttempts(key: string): Promise<void>;
  /** Deletes at most `limit` counts whose last attempt was before `lastBeforeMs`; returns how many went. */
  purgeAttempts(lastBeforeMs: number, limit: number): Promise<number>;
  /** Keeps the consent in the place of an earlier one. Throws `OwnerMissing` where the user or the client is gone. */
  saveConsent(consent: Consent, event: AuditEvent): Promise<void>;
  findConsent(tenant: string, subject: string, clientId: string): Promise<Consent | undefined>;
  deleteConsent(tenant: string, subject: string, clientId: string, event: AuditEvent): Promise<boolean>;
}
