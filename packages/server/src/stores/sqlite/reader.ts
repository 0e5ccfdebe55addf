/** Reads on the calling thread, which see every commit as soon as it is made. */

import type { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '../../service/ports.ts';
import { kindOf, messageOf } from './sqlite-errors.ts';

export class Reader {
  readonly db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.db = db;
  }

  /** Whatever the machine refuses becomes `StoreUnavailable`; a mistake of ours stays what it is. */
  async read<Result>(work: () => Result): Promise<Result> {
    if (!this.db.isOpen) throw new StoreUnavailable('the store is closed');
    try {
      return work();
    } catch (error) {
      if (kindOf(error) === 'environment') throw new StoreUnavailable(messageOf(error));
      throw error;
    }
  }

  /** Throws `StoreUnavailable` where the database cannot be read. */
  ping(): Promise<void> {
    return this.read(() => this.db.exec('SELECT 1 FROM settings LIMIT 1'));
  }

  close(): void {
    if (this.db.isOpen) this.db.close();
  }
}
