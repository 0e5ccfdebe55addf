/** The writer's side of single-use assertions. */

import type { DatabaseSync } from 'node:sqlite';

export const assertionStatements = {
  remember: 'INSERT INTO assertions (issuer, jti_hash, until_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  purge: `
    DELETE FROM assertions WHERE (issuer, jti_hash) IN
      (SELECT issuer, jti_hash FROM assertions WHERE until_ms < ? ORDER BY until_ms LIMIT ?)`,
} as const;

export class AssertionWrites {
  readonly #remember;
  readonly #purge;

  constructor(db: DatabaseSync) {
    this.#remember = db.prepare(assertionStatements.remember);
    this.#purge = db.prepare(assertionStatements.purge);
  }

  /** @returns whether it was new. */
  remember(issuer: string, jtiHash: string, untilMs: number): boolean {
    return this.#remember.run(issuer, jtiHash, untilMs).changes === 1;
  }

  purge(endedBeforeMs: number, limit: number): number {
    return Number(this.#purge.run(endedBeforeMs, limit).changes);
  }
}
