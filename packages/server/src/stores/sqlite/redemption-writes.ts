/** The writer's side of one-time codes: decides on the row inside the transaction that writes what was decided. */

import type { DatabaseSync } from 'node:sqlite';
import type { AuditType } from '../../core/audit.ts';
import { decideRedemption, type StoredCode } from '../../core/authorization-code.ts';
import type { GrantId } from '../../core/ids.ts';
import type { Reason } from '../../core/reasons.ts';
import type { RedeemOutcome } from '../../service/ports.ts';
import { type CodeRow, codeColumns, readCode } from './code-row.ts';
import { eventOf, grantOf } from './create-grant.ts';
import { idBytes } from './grant-id.ts';
import type { GrantWrites } from './grant-writes.ts';
import { NotBefore } from './not-before.ts';
import type { EventRow, RedeemRow } from './operations.ts';
import { Query } from './query.ts';

export const codeStatements = {
  insert: `
    INSERT INTO codes (hash, dialect, tenant, subject, client_id, redirect_uri, code_challenge, scope, audience,
      issued_at_ms, expires_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING`,
  byHash: `SELECT ${codeColumns} FROM codes WHERE hash = ?`,
  redeem: 'UPDATE codes SET redeemed_by = ? WHERE hash = ? AND redeemed_by IS NULL',
  purge: `
    DELETE FROM codes WHERE hash IN
      (SELECT hash FROM codes WHERE expires_at_ms < ? ORDER BY expires_at_ms LIMIT ?)`,
} as const;

interface Told {
  readonly outcome: RedeemOutcome;
  readonly event: EventRow;
}

export class RedemptionWrites {
  readonly #insert;
  readonly #byHash;
  readonly #redeem;
  readonly #purge;
  readonly #notBefore;
  readonly #grants: GrantWrites;

  constructor(db: DatabaseSync, grants: GrantWrites) {
    this.#insert = db.prepare(codeStatements.insert);
    this.#byHash = new Query(db, codeStatements.byHash);
    this.#redeem = db.prepare(codeStatements.redeem);
    this.#purge = db.prepare(codeStatements.purge);
    this.#notBefore = new NotBefore(db);
    this.#grants = grants;
  }

  /** @returns whether the hash was free. */
  create(row: CodeRow): boolean {
    return this.#insert.run(...row).changes === 1;
  }

  /** @returns what was decided and written, with the event that belongs to it; `undefined` where the grant's id is taken. */
  redeem([hash, clientId, redirectUri, challenge, nowMs, create]: RedeemRow): Told | undefined {
    const frame = eventOf(create);
    const code = this.#find(hash);
    if (!code) return refused(frame, { code: 'code_unknown', clientId });
    const presented = { clientId, redirectUri: redirectUri ?? undefined, challenge: challenge ?? undefined };
    const decided = decideRedemption(code, presented, nowMs);
    switch (decided.do) {
      case 'refuse':
        return refused(frame, decided.reason);
      case 'revoke':
        // It may have ended by itself since, or be gone.
        this.#grants.revoke(decided.grantId, nowMs);
        return {
          outcome: { did: 'refused', reason: decided.reason },
          event: told(frame, 'code.replayed', decided.grantId, decided.reason),
        };
      case 'redeem': {
        const grant = grantOf(create);
        if (!this.#grants.create(grant)) return undefined;
        const [id] = grant;
        const { changes } = this.#redeem.run(idBytes(id) ?? null, hash);
        // The row was read in this transaction, and nobody else writes.
        if (changes !== 1) throw new Error('a code changed between its decision and its update');
        return { outcome: { did: 'redeemed' }, event: told(frame, 'grant.issued', id, undefined) };
      }
    }
  }

  purge(endedBeforeMs: number, limit: number): number {
    return Number(this.#purge.run(endedBeforeMs, limit).changes);
  }

  #find(hash: string): StoredCode | undefined {
    const row = this.#byHash.one(hash);
    if (!row) return undefined;
    const code = readCode(row);
    return { ...code, notBeforeMs: this.#notBefore.over({ ...code, accessKeyId: undefined }) };
  }
}

const refused = (frame: EventRow, reason: Reason): Told => ({
  outcome: { did: 'refused', reason },
  event: told(frame, 'grant.refused', undefined, reason),
});

/** The caller's event with what only the decision knows: its type, its reason and the grant. */
function told(frame: EventRow, type: AuditType, grantId: GrantId | undefined, reason: Reason | undefined): EventRow {
  const [atMs, , requestId, remote, dialect, operation, tenant, actor, subject, , , detail] = frame;
  return [atMs, type, requestId, remote, dialect, operation, tenant, actor, subject, grantId, reason?.code, detail];
}
