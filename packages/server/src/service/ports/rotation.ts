/** What crosses the ports where a refresh token is made, checked and used. `ports.ts` passes it on. */

import type { AuditEvent } from '../../core/audit.ts';
import type { StoredGrant } from '../../core/grant.ts';
import type { GrantId } from '../../core/ids.ts';
import type { RotationPolicy } from '../../core/policy.ts';
import type { Reason } from '../../core/reasons.ts';
import type { Presented } from '../../core/renewal.ts';

/** A refresh token is used. */
export interface RotateAsk {
  readonly grantId: GrantId;
  readonly presented: Presented;
  readonly policy: RotationPolicy;
  readonly nowMs: number;
  /** Kept with what was decided: its type, its reason and whose grant it was are the store's to fill in. */
  readonly event: Omit<AuditEvent, 'type' | 'reason' | 'grantId' | 'tenant' | 'subject'>;
}

/** The grant stands as it is after the decision. */
export type RotateOutcome =
  | { readonly did: 'rotated' | 'retry'; readonly grant: StoredGrant }
  | { readonly did: 'refused'; readonly reason: Reason; readonly grant: StoredGrant | undefined };

/** What a refresh token says, once its tag holds. */
export interface RefreshTokenFacts {
  readonly grantId: GrantId;
  readonly generation: number;
}

/** Turns a generation of a grant into the text that a client keeps, and back. */
export interface RefreshTokens {
  /**
   * The same facts and instant give the same text, so that a retry gets the successor that was lost.
   *
   * @param sinceMs when the generation began; it names the key, whatever keys came since.
   */
  mint(facts: RefreshTokenFacts, sinceMs: number): string;
  /** `undefined` for everything that `mint` did not make under a key that still lives. Never throws. */
  read(token: string): RefreshTokenFacts | undefined;
}
