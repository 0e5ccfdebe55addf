/** Makes a batch of operations one transaction: one BEGIN, one audit block, one COMMIT, one fsync. */

import type { DatabaseSync } from 'node:sqlite';
import {
  type Answer,
  type BatchResult,
  type Failure,
  isFailure,
  type Operation,
  type OperationName,
} from './operations.ts';
import { kindOf, messageOf, type SqliteErrorKind } from './sqlite-errors.ts';
import { Writes } from './writes.ts';

/** Operations of several writes: should the second fail, the first has to go too. The others are one statement each. */
const guarded: ReadonlySet<OperationName> = new Set([
  'createGrants',
  'recordUses',
  'purgeExpired',
  'purgeAudit',
  'addKey',
  'redeemCode',
  'deleteUser',
  'deleteClient',
  'deleteRegion',
]);

const undone = 'ROLLBACK TO operation; RELEASE operation';

export class BatchWriter {
  readonly #db: DatabaseSync;
  readonly #writes: Writes;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#writes = new Writes(db);
  }

  /** Returns when the commit is on disk. Never throws: a batch that cannot be written is rolled back and says so. */
  run(operations: readonly Operation[]): BatchResult {
    const { audit } = this.#writes;
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      const results = operations.map((operation) => this.#attempt(operation));
      const head = audit.writeBlock();
      this.#db.exec('COMMIT');
      audit.settle(head);
      return { results };
    } catch (error) {
      audit.settle(undefined);
      this.#rollBack();
      return { unavailable: messageOf(error) };
    }
  }

  #attempt(operation: Operation): Answer | Failure {
    const isGuarded = guarded.has(operation[0]);
    if (isGuarded) this.#db.exec('SAVEPOINT operation');
    try {
      const result = this.#writes.apply(operation);
      if (isGuarded) this.#db.exec(isFailure(result) ? undone : 'RELEASE operation');
      return result;
    } catch (error) {
      const kind = kindOf(error);
      // Some errors end the transaction by themselves; then there are no neighbours left to spare.
      if (kind === 'environment' || !this.#db.isTransaction) throw error;
      if (isGuarded) this.#db.exec(undone);
      return failureOf(kind, error);
    }
  }

  #rollBack(): void {
    try {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
    } catch {
      // The transaction is gone either way: what matters was said with the first error.
    }
  }
}

function failureOf(kind: Exclude<SqliteErrorKind, 'environment'>, error: unknown): Failure {
  switch (kind) {
    case 'owner_missing':
      return ['owner_missing', 'the tenant, user, client or region that this belongs to does not exist'];
    case 'taken':
      return ['exists', 'the name is taken'];
    case 'statement':
      return ['unexpected', messageOf(error)];
  }
}
