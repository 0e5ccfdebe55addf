/** The writer's side of rotation: decides on the row inside the transaction that writes what was decided. */

import type { DatabaseSync } from 'node:sqlite';
import type { AuditType } from '../../core/audit.ts';
import type { StoredGrant } from '../../core/grant.ts';
import type { Reason } from '../../core/reasons.ts';
import { decideRotation, type Presented } from '../../core/renewal.ts';
import type { RotateOutcome } from '../../service/ports.ts';
import { idBytes } from './grant-id.ts';
import { grantColumns, readGrant } from './grant-row.ts';
import { NotBefore } from './not-before.ts';
import type { EventRow, RotateRow } from './operations.ts';
import { Query } from './query.ts';

export const rotationStatements = {
  byId: `SELECT ${grantColumns} FROM grants WHERE id = ?`,
  rotate: `
    UPDATE grants SET generation = ?1, renew_by_ms = ?2, rotated_at_ms = ?3, successor_seen = 0, idempotency_key_hash = ?4,
      use_count = use_count + 1, last_used_at_ms = max(coalesce(last_used_at_ms, ?3), ?3)
    WHERE id = ?5 AND generation = ?1 - 1 AND revoked_at_ms IS NULL`,
  revoke: 'UPDATE grants SET revoked_at_ms = ? WHERE id = ? AND generation = ? AND revoked_at_ms IS NULL',
  seen: 'UPDATE grants SET successor_seen = 1 WHERE id = ? AND generation = ? AND successor_seen = 0',
} as const;

interface Told {
  readonly outcome: RotateOutcome;
  /** Undefined where nothing was written and nothing is to be. */
  readonly event: EventRow | undefined;
}

export class RotationWrites {
  readonly #byId;
  readonly #notBefore;
  readonly #rotate;
  readonly #revoke;
  readonly #seen;

  constructor(db: DatabaseSync) {
    this.#byId = new Query(db, rotationStatements.byId);
    this.#notBefore = new NotBefore(db);
    this.#rotate = db.prepare(rotationStatements.rotate);
    this.#revoke = db.prepare(rotationStatements.revoke);
    this.#seen = db.prepare(rotationStatements.seen);
  }

  /** @returns what was decided and written, with the event that belongs to it. */
  rotate(row: RotateRow): Told {
    const [id, generation, binding, key, rotates, retryWindowSeconds, renewalLifetimeSeconds, nowMs, frame] = row;
    const policy = { rotates, retryWindowSeconds, renewalLifetimeSeconds };
    const presented: Presented = {
      generation,
      binding: binding ?? undefined,
      idempotencyKeyHash: key ?? undefined,
    };
    const idColumn = idBytes(id);
    const grant = idColumn && this.#find(id, idColumn);
    if (!grant) return refused(frame, { code: 'grant_unknown', grantId: id }, undefined);
    const decided = decideRotation(grant, policy, presented, nowMs);
    switch (decided.do) {
      case 'retry':
        return { outcome: { did: 'retry', grant }, event: undefined };
      case 'refuse':
        return refused(frame, decided.reason, grant);
      case 'rotate': {
        must(this.#rotate.run(decided.generation, decided.renewByMs, nowMs, key, idColumn).changes);
        // What the statement has made of the row, which is not read a second time.
        const rotated: StoredGrant = {
          ...grant,
          generation: decided.generation,
          renewByMs: decided.renewByMs,
          rotatedAtMs: nowMs,
          successorSeen: false,
          idempotencyKeyHash: key ?? undefined,
          useCount: grant.useCount + 1,
          lastUsedAtMs: Math.max(grant.lastUsedAtMs ?? nowMs, nowMs),
        };
        return {
          outcome: { did: 'rotated', grant: rotated },
          event: eventOf(frame, 'grant.rotated', grant, undefined),
        };
      }
      case 'revoke':
        must(this.#revoke.run(nowMs, idColumn, grant.generation).changes);
        return {
          outcome: { did: 'refused', reason: decided.reason, grant: { ...grant, revokedAtMs: nowMs } },
          event: eventOf(frame, 'grant.replayed', grant, decided.reason),
        };
    }
  }

  markSeen(id: string, generation: number): boolean {
    const idColumn = idBytes(id);
    return idColumn !== undefined && this.#seen.run(idColumn, generation).changes === 1;
  }

  #find(id: string, idColumn: Uint8Array): StoredGrant | undefined {
    const row = this.#byId.one(idColumn);
    if (!row) return undefined;
    const grant = readGrant(id, row);
    return { ...grant, notBeforeMs: this.#notBefore.over(grant) };
  }
}

function refused(frame: EventRow, reason: Reason, grant: StoredGrant | undefined): Told {
  return { outcome: { did: 'refused', reason, grant }, event: eventOf(frame, 'grant.refused', grant, reason) };
}

/** The caller's event with what only the decision knows: its type, its reason, and whose grant it was. */
function eventOf(
  frame: EventRow,
  type: AuditType,
  grant: StoredGrant | undefined,
  reason: Reason | undefined,
): EventRow {
  const [atMs, , requestId, remote, dialect, operation, , actor, , grantId, , detail] = frame;
  const { tenant, subject } = grant ?? {};
  return [atMs, type, requestId, remote, dialect, operation, tenant, actor, subject, grantId, reason?.code, detail];
}

/** The row was read in this transaction, and nobody else writes: an update that finds it changed is a mistake of ours. */
function must(changes: number | bigint): void {
  if (changes !== 1) throw new Error('a grant changed between its decision and its update');
}
