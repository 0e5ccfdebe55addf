/** The writer's side of the audit log: gathers the events of a transaction and chains them as one block. */

import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { auditBlockText, auditGenesis, auditLine } from '../../core/audit.ts';
import type { EventRow } from './operations.ts';
import { Query } from './query.ts';
import { integer, text } from './values.ts';

/** The only chain of a SQLite store: it has one writer. */
export const chainName = 'main';

interface Link {
  readonly number: number;
  readonly hash: string;
}

export class AuditWrites {
  readonly #insert;
  readonly #oldest;
  readonly #delete;
  readonly #moveAnchor;
  #head: Link;
  #lines: string[] = [];
  #firstAtMs = 0;
  #lastAtMs = 0;

  constructor(db: DatabaseSync) {
    this.#insert = db.prepare(
      'INSERT INTO audit_blocks (number, first_at_ms, last_at_ms, hash, lines) VALUES (?, ?, ?, ?, ?)',
    );
    this.#oldest = new Query(db, 'SELECT number, hash, last_at_ms FROM audit_blocks ORDER BY number LIMIT ?');
    this.#delete = db.prepare('DELETE FROM audit_blocks WHERE number <= ?');
    this.#moveAnchor = db.prepare('UPDATE audit_anchor SET number = ?, hash = ? WHERE chain = ?');
    this.#head = readHead(db);
  }

  /** Takes an event of the transaction that is open. */
  append(event: EventRow): void {
    const [atMs, type, requestId, remote, dialect, operation, tenant, actor, subject, grantId, reason, detail] = event;
    const line = auditLine({
      atMs,
      type,
      requestId,
      remote,
      dialect,
      operation,
      tenant,
      actor,
      subject,
      grantId,
      reason,
      detail,
    });
    if (this.#lines.length === 0) {
      this.#firstAtMs = atMs;
      this.#lastAtMs = atMs;
    } else {
      this.#firstAtMs = Math.min(this.#firstAtMs, atMs);
      this.#lastAtMs = Math.max(this.#lastAtMs, atMs);
    }
    this.#lines.push(line);
  }

  /**
   * Writes the events taken since the last call as one block.
   *
   * @returns the new head, for `committed` once the transaction is on disk; `undefined` where there were no events.
   */
  writeBlock(): Link | undefined {
    if (this.#lines.length === 0) return undefined;
    const lines = this.#lines.join('\n');
    const number = this.#head.number + 1;
    const link = { number, hash: hash('sha256', auditBlockText(this.#head.hash, chainName, number, lines)) };
    this.#insert.run(number, this.#firstAtMs, this.#lastAtMs, link.hash, lines);
    return link;
  }

  /** Ends the gathering: `head` is the new head after a commit, `undefined` after a rollback or where nothing was written. */
  settle(head: Link | undefined): void {
    this.#lines = [];
    if (head) this.#head = head;
  }

  /** Deletes the oldest blocks while they ended before `beforeMs`: always a whole stretch, so that the rest still chains. */
  purge(beforeMs: number, limit: number): number {
    let last: Link | undefined;
    let gone = 0;
    for (const [number, blockHash, lastAtMs] of this.#oldest.all(limit)) {
      if (integer(lastAtMs) >= beforeMs) break;
      last = { number: integer(number), hash: text(blockHash) };
      gone++;
    }
    if (last) {
      this.#delete.run(last.number);
      this.#moveAnchor.run(last.number, last.hash, chainName);
    }
    return gone;
  }
}

function readHead(db: DatabaseSync): Link {
  const row =
    new Query(db, 'SELECT number, hash FROM audit_blocks ORDER BY number DESC LIMIT 1').one() ??
    new Query(db, 'SELECT number, hash FROM audit_anchor WHERE chain = ?').one(chainName);
  return row ? { number: integer(row[0]), hash: text(row[1]) } : { number: 0, hash: auditGenesis };
}
