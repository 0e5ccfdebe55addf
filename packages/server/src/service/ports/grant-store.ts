/** Grants: made, found, rotated, revoked, purged. */

import type { AuditEvent } from '../../core/audit.ts';
import type { Grant, StoredGrant } from '../../core/grant.ts';
import type { GrantId } from '../../core/ids.ts';
import type { Page, PageAsk } from './page.ts';
import type { RotateAsk, RotateOutcome } from './rotation.ts';

export interface GrantFilter {
  readonly tenant?: string | undefined;
  readonly subject?: string | undefined;
  readonly accessKeyId?: string | undefined;
  readonly clientId?: string | undefined;
}

/** A coarse mark: `count` renewals since the last one, the newest at `lastUsedAtMs`. */
export interface GrantUse {
  readonly grantId: GrantId;
  readonly count: number;
  readonly lastUsedAtMs: number;
}

/** Ends every grant and one-time code of its key that was issued up to `notBeforeMs`, in one row. */
export interface Watermark {
  readonly level: 'tenant' | 'subject' | 'client' | 'access_key';
  /** `*` for a client of no tenant in particular: its grants of every tenant. */
  readonly tenant: string;
  /** Id of the subject, client or access key; empty for a tenant. */
  readonly key: string;
  readonly notBeforeMs: number;
}

export interface GrantStore {
  createGrant(grant: Grant, event: AuditEvent): Promise<void>;
  /** All of them or none, each with its event. */
  createGrants(grants: readonly { readonly grant: Grant; readonly event: AuditEvent }[]): Promise<void>;
  findGrant(id: GrantId): Promise<StoredGrant | undefined>;
  /** Oldest first: in the order of their ids. */
  listGrants(filter: GrantFilter, page: PageAsk): Promise<Page<StoredGrant>>;
  /** Adds the marks to their rows; unknown grants are passed over. No audit event. */
  recordUses(uses: readonly GrantUse[]): Promise<void>;
  /** `revoked` the first time, `already` afterwards, `unknown` where there is no such grant. The event is kept for `revoked` only. */
  revokeGrant(id: GrantId, nowMs: number, event: AuditEvent): Promise<'revoked' | 'already' | 'unknown'>;
  /**
   * Decides over a presented refresh token with `decideRotation`, and writes what was decided in the same transaction: of
   * any number of calls with one token exactly one moves the grant on. A replay revokes it. Keeps one event for a rotation
   * (`grant.rotated`), a replay (`grant.replayed`) and a refusal (`grant.refused`); a retry writes nothing.
   */
  rotate(ask: RotateAsk): Promise<RotateOutcome>;
  /** The refresh token of this generation, or an access token of it, was seen. False where that changed nothing. */
  markSuccessorSeen(id: GrantId, generation: number): Promise<boolean>;
  /**
   * Takes a single-use assertion: true the first time, false until it is purged.
   * @param jtiHash of its id: no store keeps what was sent.
   * @param untilMs from here on its own end refuses it.
   */
  rememberAssertion(issuer: string, jtiHash: string, untilMs: number): Promise<boolean>;
  /** Deletes at most `limit` remembered assertions that ended before `endedBeforeMs`; returns how many went. */
  purgeAssertions(endedBeforeMs: number, limit: number): Promise<number>;
  /** Sets or moves a watermark; it never moves back. The event is kept either way. */
  revokeAll(watermark: Watermark, event: AuditEvent): Promise<void>;
  /** Deletes at most `limit` grants that ended before `endedBeforeMs`, and as many temporary access keys; returns how many rows went. */
  purgeExpired(endedBeforeMs: number, limit: number): Promise<number>;
  /** End of the oldest grant that a purge up to `endedBeforeMs` has still to delete: the purge's lag. */
  oldestExpired(endedBeforeMs: number): Promise<number | undefined>;
}
