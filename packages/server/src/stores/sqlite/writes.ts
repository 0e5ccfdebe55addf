/** The writer's work on one operation of a batch: the change, and its audit event where the change was made. */

import type { DatabaseSync } from 'node:sqlite';
import { AssertionWrites } from './assertion-writes.ts';
import { AttemptWrites } from './attempt-writes.ts';
import { AuditWrites } from './audit-writes.ts';
import { ClientWrites } from './client-writes.ts';
import { ConsentWrites } from './consent-writes.ts';
import { eventOf, grantOf } from './create-grant.ts';
import { DirectoryWrites } from './directory-writes.ts';
import { GrantWrites } from './grant-writes.ts';
import { KeyWrites } from './key-writes.ts';
import type { Answer, CreateGrant, EventRow, Failure, Operation } from './operations.ts';
import { RedemptionWrites } from './redemption-writes.ts';
import { RegionWrites } from './region-writes.ts';
import { RotationWrites } from './rotation-writes.ts';

export class Writes {
  readonly audit: AuditWrites;
  readonly #grants: GrantWrites;
  readonly #rotation: RotationWrites;
  readonly #assertions: AssertionWrites;
  readonly #codes: RedemptionWrites;
  readonly #attempts: AttemptWrites;
  readonly #consents: ConsentWrites;
  readonly #directory: DirectoryWrites;
  readonly #clients: ClientWrites;
  readonly #regions: RegionWrites;
  readonly #keys: KeyWrites;

  constructor(db: DatabaseSync) {
    this.audit = new AuditWrites(db);
    this.#grants = new GrantWrites(db);
    this.#rotation = new RotationWrites(db);
    this.#assertions = new AssertionWrites(db);
    this.#codes = new RedemptionWrites(db, this.#grants);
    this.#attempts = new AttemptWrites(db);
    this.#consents = new ConsentWrites(db);
    this.#directory = new DirectoryWrites(db);
    this.#clients = new ClientWrites(db);
    this.#regions = new RegionWrites(db);
    this.#keys = new KeyWrites(db);
  }

  apply(operation: Operation): Answer | Failure {
    switch (operation[0]) {
      case 'createGrant':
        return this.#created(this.#grants.create(grantOf(operation)), 'grant of this id', eventOf(operation));
      case 'createGrants':
        return this.#createGrants(operation[1]);
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
        return this.#created(this.#directory.createTenant(operation[1]), 'tenant of this id', operation[2]);
      case 'setTenantStatus':
        return this.#changed(this.#directory.setTenantStatus(operation[1], operation[2]), operation[3]);
      case 'createUser':
        return this.#created(this.#directory.createUser(operation[1]), 'user of this id or login name', operation[2]);
      case 'setUser': {
        const [, tenant, id, change, event] = operation;
        return this.#changed(this.#directory.setUser(tenant, id, change), event);
      }
      case 'deleteUser': {
        const [, tenant, id, nowMs, event] = operation;
        this.#consents.deleteOfUser(tenant, id);
        this.#regions.deleteAccountsOfUser(tenant, id);
        const done = this.#directory.deleteUser(tenant, id);
        if (done) this.#grants.revokeAll('subject', tenant, id, nowMs);
        return this.#changed(done, event);
      }
      case 'markFirstLogin':
        return this.#directory.markFirstLogin(operation[1], operation[2], operation[3]);
      case 'createAccessKey':
        return this.#created(this.#directory.createAccessKey(operation[1]), 'access key of this id', operation[2]);
      case 'setAccessKeyStatus':
        return this.#changed(this.#directory.setAccessKeyStatus(operation[1], operation[2]), operation[3]);
      case 'createClient':
        return this.#created(this.#clients.createClient(operation[1]), 'client of this id', operation[2]);
      case 'setClient':
        return this.#changed(this.#clients.setClient(operation[1], operation[2]), operation[3]);
      case 'deleteClient': {
        const [, id, nowMs, event] = operation;
        this.#consents.deleteOfClient(id);
        const tenant = this.#clients.deleteClient(id);
        if (tenant === undefined) return null;
        this.#grants.revokeAll('client', tenant, id, nowMs);
        this.audit.append(event);
        return tenant;
      }
      case 'createResource':
        return this.#created(this.#clients.createResource(operation[1]), 'resource of this id', operation[2]);
      case 'setResource': {
        const [, tenant, id, change, event] = operation;
        return this.#changed(this.#clients.setResource(tenant, id, change), event);
      }
      case 'deleteResource':
        return this.#changed(this.#clients.deleteResource(operation[1], operation[2]), operation[3]);
      case 'createRegion':
        return this.#created(this.#regions.create(operation[1]), 'region of this id', operation[2]);
      case 'setRegion':
        return this.#changed(this.#regions.set(operation[1], operation[2]), operation[3]);
      case 'deleteRegion':
        return this.#changed(this.#regions.delete(operation[1]), operation[2]);
      case 'saveAccount':
        this.#regions.saveAccount(operation[1]);
        this.audit.append(operation[2]);
        return undefined;
      case 'deleteAccount': {
        const [, tenant, userId, regionId, event] = operation;
        return this.#changed(this.#regions.deleteAccount(tenant, userId, regionId), event);
      }
      case 'createCode':
        return this.#created(this.#codes.create(operation[1]), 'code of this id', operation[2]);
      case 'redeemCode': {
        const [, ...row] = operation;
        const told = this.#codes.redeem(row);
        if (told === undefined) return exists('grant of this id');
        this.audit.append(told.event);
        return told.outcome;
      }
      case 'purgeCodes':
        return this.#codes.purge(operation[1], operation[2]);
      case 'countAttempt':
        return this.#attempts.count(operation[1], operation[2], operation[3]);
      case 'forgetAttempts':
        this.#attempts.forget(operation[1]);
        return undefined;
      case 'purgeAttempts':
        return this.#attempts.purge(operation[1], operation[2]);
      case 'saveConsent':
        this.#consents.save(operation[1]);
        this.audit.append(operation[2]);
        return undefined;
      case 'deleteConsent': {
        const [, tenant, subject, clientId, event] = operation;
        return this.#changed(this.#consents.delete(tenant, subject, clientId), event);
      }
      case 'addKey': {
        const [, key, expectedNewest, retiresAtMs, dropsAtMs, event] = operation;
        const outcome = this.#keys.add(key, expectedNewest, retiresAtMs, dropsAtMs);
        if (outcome === 'exists') return exists('signing key of this id');
        return this.#changed(outcome === 'added', event);
      }
      case 'purgeKeys':
        return this.#keys.purge(operation[1]);
      case 'claimSetting':
        return this.#keys.claimSetting(operation[1], operation[2]);
    }
  }

  /** The events come last: those of rows that are undone must not stand in the log. */
  #createGrants(creates: readonly CreateGrant[]): undefined | Failure {
    for (const create of creates) if (!this.#grants.create(grantOf(create))) return exists('grant of this id');
    for (const create of creates) this.audit.append(eventOf(create));
    return undefined;
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

const exists = (what: string): Failure => ['exists', `there is a ${what} already`];
