/** The writer's work on one operation of a batch: the change, and its audit event where the change was made. */

import type { DatabaseSync } from 'node:sqlite';
import { AssertionWrites } from './assertion-writes.ts';
import { AuditWrites } from './audit-writes.ts';
import { DirectoryWrites } from './directory-writes.ts';
import { GrantWrites } from './grant-writes.ts';
import { KeyWrites } from './key-writes.ts';
import type { Answer, EventRow, Failure, GrantRow, Operation } from './operations.ts';
import { RotationWrites } from './rotation-writes.ts';

const grantColumns = 18;

export class Writes {
  readonly audit: AuditWrites;
  readonly #grants: GrantWrites;
  readonly #rotation: RotationWrites;
  readonly #assertions: AssertionWrites;
  readonly #directory: DirectoryWrites;
  readonly #keys: KeyWrites;

  constructor(db: DatabaseSync) {
    this.audit = new AuditWrites(db);
    this.#grants = new GrantWrites(db);
    this.#rotation = new RotationWrites(db);
    this.#assertions = new AssertionWrites(db);
    this.#directory = new DirectoryWrites(db);
    this.#keys = new KeyWrites(db);
  }

  apply(operation: Operation): Answer | Failure {
    switch (operation[0]) {
      case 'createGrant': {
        // The two halves of the flat tuple, as `CreateGrant` states them.
        const grant = operation.slice(1, 1 + grantColumns) as unknown as GrantRow;
        const event = operation.slice(1 + grantColumns) as unknown as EventRow;
        return this.#created(this.#grants.create(grant), 'grant', event);
      }
      case 'recordUses':
        this.#grants.recordUses(operation[1]);
        return undefined;
      case 'revokeGrant': {
        const outcome = this.#grants.revoke(operation[1], operation[2]);
        if (outcome === 'revoked') this.audit.append(operation[3]);
        return outcome;
      }
      case 'rotate': {
        const [, ...row] = operation;
        const { outcome, event } = this.#rotation.rotate(row);
        if (event) this.audit.append(event);
        return outcome;
      }
      case 'markSuccessorSeen':
        return this.#rotation.markSeen(operation[1], operation[2]);
      case 'rememberAssertion':
        return this.#assertions.remember(operation[1], operation[2], operation[3]);
      case 'purgeAssertions':
        return this.#assertions.purge(operation[1], operation[2]);
      case 'revokeAll': {
        const [, level, tenant, key, notBeforeMs, event] = operation;
        const standing = this.#grants.revokeAll(level, tenant, key, notBeforeMs);
        this.audit.append(event);
        return standing;
      }
      case 'purgeExpired':
        return this.#grants.purgeExpired(operation[1], operation[2]);
      case 'appendAudit':
        this.audit.append(operation[1]);
        return undefined;
      case 'purgeAudit':
        return this.audit.purge(operation[1], operation[2]);
      case 'createTenant':
        return this.#created(this.#directory.createTenant(operation[1]), 'tenant', operation[2]);
      case 'setTenantStatus':
        return this.#changed(this.#directory.setTenantStatus(operation[1], operation[2]), operation[3]);
      case 'createUser':
        return this.#created(this.#directory.createUser(operation[1]), 'user', operation[2]);
      case 'setUser': {
        const [, tenant, id, status, policy, event] = operation;
        return this.#changed(this.#directory.setUser(tenant, id, status, policy), event);
      }
      case 'createAccessKey':
        return this.#created(this.#directory.createAccessKey(operation[1]), 'access key', operation[2]);
      case 'setAccessKeyStatus':
        return this.#changed(this.#directory.setAccessKeyStatus(operation[1], operation[2]), operation[3]);
      case 'createClient':
        return this.#created(this.#directory.createClient(operation[1]), 'client', operation[2]);
      case 'setClientStatus':
        return this.#changed(this.#directory.setClientStatus(operation[1], operation[2]), operation[3]);
      case 'addKey': {
        const [, key, expectedNewest, retiresAtMs, dropsAtMs, event] = operation;
        const outcome = this.#keys.add(key, expectedNewest, retiresAtMs, dropsAtMs);
        if (outcome === 'exists') return exists('signing key');
        return this.#changed(outcome === 'added', event);
      }
      case 'purgeKeys':
        return this.#keys.purge(operation[1]);
      case 'claimSetting':
        return this.#keys.claimSetting(operation[1], operation[2]);
    }
  }

  #created(done: boolean, what: string, event: EventRow): undefined | Failure {
    if (!done) return exists(what);
    this.audit.append(event);
    return undefined;
  }

  #changed(done: boolean, event: EventRow): boolean {
    if (done) this.audit.append(event);
    return done;
  }
}

const exists = (what: string): Failure => ['exists', `a ${what} of this id exists`];
