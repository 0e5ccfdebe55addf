/**
 * A grant: somebody proved who they are and may now get access tokens until the grant ends.
 * An SLS ticket, a PDS session, a region row of SCNet and an OAuth session are all grants.
 */

import type { GrantId } from './ids.ts';
import type { Reason } from './reasons.ts';
import { isOver } from './time.ts';

export interface Grant {
  readonly id: GrantId;
  /** Name of the dialect whose words this grant speaks. */
  readonly dialect: string;
  /** Alibaba Cloud account, PDS domain or OAuth issuer's customer. */
  readonly tenant: string;
  /** The user that it acts for. */
  readonly subject: string;
  /** AccessKey that asked for it, where one did. */
  readonly accessKeyId: string | undefined;
  /** Application that it was given to, where there is one. */
  readonly clientId: string | undefined;
  readonly issuedAtMs: number;
  /** Absolute end: nothing that comes from this grant lives longer. */
  readonly expiresAtMs: number;
  /** Last instant of renewal; slides with rotation. Equal to `expiresAtMs` where nothing rotates. */
  readonly renewByMs: number;
  /** Longest life of one access token. */
  readonly accessTokenLifetimeSeconds: number;
  /**
   * Who may renew it: the client, how it authenticates and the thumbprint of its key, as one text that the dialect makes
   * and that is compared as it stands. `undefined` where whoever holds the credential may.
   */
  readonly binding: string | undefined;
  /** What it may be used for, in the dialect's own words. */
  readonly scope: string | undefined;
  /** The resource that its access tokens are for. */
  readonly audience: string | undefined;
  readonly revokedAtMs: number | undefined;
  /** Number of the refresh token that is current; 0 where nothing rotates. */
  readonly generation: number;
  readonly rotatedAtMs: number | undefined;
  /** Whether the current refresh token, or an access token of its generation, was seen in use. */
  readonly successorSeen: boolean;
  /** Hash of the idempotency key that the last rotation came with. */
  readonly idempotencyKeyHash: string | undefined;
}

/** A grant as a store returns it. */
export interface StoredGrant extends Grant {
  /** Renewals so far, as of the last coarse mark. */
  readonly useCount: number;
  readonly lastUsedAtMs: number | undefined;
  /** Newest not-before watermark over its subject, client, access key or tenant; 0 where there is none. */
  readonly notBeforeMs: number;
}

/** Why a grant gives nothing at `nowMs`, or `undefined` while it lives. */
export function grantRefusal(grant: StoredGrant, nowMs: number): Reason | undefined {
  if (grant.revokedAtMs !== undefined) return { code: 'grant_revoked', grantId: grant.id };
  if (grant.issuedAtMs <= grant.notBeforeMs) return { code: 'grant_revoked', grantId: grant.id };
  if (isOver(grant.expiresAtMs, nowMs)) return { code: 'grant_expired', grantId: grant.id };
  if (isOver(grant.renewByMs, nowMs)) return { code: 'renewal_over', grantId: grant.id };
  return undefined;
}

/** The state in one word, for lists. */
export function grantState(grant: StoredGrant, nowMs: number): 'active' | 'expired' | 'revoked' {
  const refusal = grantRefusal(grant, nowMs);
  if (refusal === undefined) return 'active';
  return refusal.code === 'grant_revoked' ? 'revoked' : 'expired';
}
