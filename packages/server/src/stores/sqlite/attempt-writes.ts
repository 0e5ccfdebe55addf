/** The writer's side of login attempts: decides on the count inside the transaction that keeps it. */

import type { DatabaseSync } from 'node:sqlite';
import {
  type AttemptDecision,
  decideAttempt,
  type LoginAttempts,
  type LoginPolicy,
} from '../../core/login-attempts.ts';
import { Query } from './query.ts';
import { integer } from './values.ts';

export const attemptStatements = {
  standing: 'SELECT failures, last_at_ms, blocked_until_ms FROM login_attempts WHERE key = ?',
  keep: `
    INSERT INTO login_attempts (key, failures, last_at_ms, blocked_until_ms) VALUES (?, ?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET
      failures = excluded.failures, last_at_ms = excluded.last_at_ms, blocked_until_ms = excluded.blocked_until_ms`,
  forget: 'DELETE FROM login_attempts WHERE key = ?',
  purge: `
    DELETE FROM login_attempts WHERE key IN
      (SELECT key FROM login_attempts WHERE last_at_ms < ? ORDER BY last_at_ms LIMIT ?)`,
} as const;

export class AttemptWrites {
  readonly #standing;
  readonly #keep;
  readonly #forget;
  readonly #purge;

  constructor(db: DatabaseSync) {
    this.#standing = new Query(db, attemptStatements.standing);
    this.#keep = db.prepare(attemptStatements.keep);
    this.#forget = db.prepare(attemptStatements.forget);
    this.#purge = db.prepare(attemptStatements.purge);
  }

  count(key: string, policy: LoginPolicy, nowMs: number): AttemptDecision {
    const decided = decideAttempt(this.#find(key), policy, nowMs);
    if (decided.do === 'try') {
      const { failures, lastAtMs, blockedUntilMs } = decided.next;
      this.#keep.run(key, failures, lastAtMs, blockedUntilMs);
    }
    return decided;
  }

  forget(key: string): void {
    this.#forget.run(key);
  }

  purge(lastBeforeMs: number, limit: number): number {
    return Number(this.#purge.run(lastBeforeMs, limit).changes);
  }

  #find(key: string): LoginAttempts | undefined {
    const row = this.#standing.one(key);
    return row && { failures: integer(row[0]), lastAtMs: integer(row[1]), blockedUntilMs: integer(row[2]) };
  }
}
