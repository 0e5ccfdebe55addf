/**
 * What the service needs of the world. Stores, keys and clocks implement these; nothing here knows how.
 *
 * Store methods are whole decisions: each is atomic, and its promise settles after the change is on disk.
 * A store that cannot answer throws `StoreUnavailable`. Where it can, `create…` throws `AlreadyExists` or `OwnerMissing`,
 * `addKey` throws `AlreadyExists`, and lists throw `CursorInvalid`; nothing else that it throws is expected.
 * An event is kept exactly where its change was made.
 */

import type { AuditEvent } from '../core/audit.ts';
import type { AuthorizationCode, PresentedCode, StoredCode } from '../core/authorization-code.ts';
import type { Client, ClientChange, ClientKey } from '../core/client.ts';
import type {
  AccessKey,
  AccessKeyHolder,
  Consent,
  Resource,
  Status,
  Tenant,
  User,
  UserChange,
} from '../core/directory.ts';
import type { Grant, StoredGrant } from '../core/grant.ts';
import type { GrantId } from '../core/ids.ts';
import type { KeyTimes } from '../core/keystate.ts';
import type { AttemptDecision, LoginPolicy } from '../core/login-attempts.ts';
import type { AssertionProblem, Reason } from '../core/reasons.ts';
import type { Membership, Region, RegionAccount } from '../core/region.ts';
import type { Algorithm, TokenFormat, UnsignedToken } from '../core/token.ts';
import type { RotateAsk, RotateOutcome } from './rotation-ports.ts';

export type { RefreshTokenFacts, RefreshTokens, RotateAsk, RotateOutcome } from './rotation-ports.ts';

export interface Clock {
  /** Unix milliseconds. */
  nowMs(): number;
}

export interface Random {
  /** It follows from a seed: the emulator's. */
  readonly repeats?: true;
  bytes(count: number): Uint8Array;
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string;
}

/** The store cannot be read or written now: nothing was decided, trying again is right. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Too many wait for the same costly thing already: nothing was decided, trying again is right. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
}

/** A new row would take the place of an old one. */
export class AlreadyExists extends Error {
  override readonly name = 'AlreadyExists';
}

/** A new row names an owner that is not there: a tenant, or a user of one. */
export class OwnerMissing extends Error {
  override readonly name = 'OwnerMissing';
}

/** A page was asked for behind a cursor that no page of this list has named. */
export class CursorInvalid extends Error {
  override readonly name = 'CursorInvalid';
}

export interface Page<Row> {
  /** May be fewer than were asked for, even none, before the last page: a page looks at a bounded number of rows. */
  readonly rows: readonly Row[];
  /** Where the next page starts; `undefined` on the last. Opaque to callers. */
  readonly next: string | undefined;
}

export interface PageAsk {
  /** 1 to 1000. */
  readonly limit: number;
  readonly after: string | undefined;
}

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

export interface AuditFilter {
  /** First instant that is asked for. */
  readonly fromMs?: number | undefined;
  /** End of the span: the first instant behind it. */
  readonly untilMs?: number | undefined;
  readonly type?: string | undefined;
  readonly grantId?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Events of one commit, chained to the block before (`core/audit.ts`). */
export interface AuditBlock {
  readonly chain: string;
  readonly number: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly lines: string;
  readonly hash: string;
}

/** Where the kept part of a chain starts: the last block that a purge took away. */
export interface AuditAnchor {
  readonly chain: string;
  readonly number: number;
  readonly hash: string;
}

export interface AuditStore {
  /** Takes the event for the next commit; settles when it is on disk. Callers need not wait. */
  appendAudit(event: AuditEvent): Promise<void>;
  /** Newest first; each row is one line of JSON. `next` may be set on an empty page, where a bounded scan found nothing yet. */
  readAudit(filter: AuditFilter, page: PageAsk): Promise<Page<string>>;
  /** Oldest first, from behind `after` on. */
  auditBlocks(chain: string, after: number, limit: number): Promise<readonly AuditBlock[]>;
  /** Every chain with its anchor (number 0 and the genesis hash where nothing was purged). */
  auditChains(): Promise<readonly AuditAnchor[]>;
  /** Deletes at most `limit` blocks that ended before `beforeMs`, moving the anchor; returns how many went. */
  purgeAudit(beforeMs: number, limit: number): Promise<number>;
}

export interface DirectoryStore {
  createTenant(tenant: Tenant, event: AuditEvent): Promise<void>;
  findTenant(id: string): Promise<Tenant | undefined>;
  setTenantStatus(id: string, status: Status, event: AuditEvent): Promise<boolean>;
  listTenants(page: PageAsk): Promise<Page<Tenant>>;
  createUser(user: User, event: AuditEvent): Promise<void>;
  findUser(tenant: string, id: string): Promise<User | undefined>;
  findUserByLogin(tenant: string, loginName: string): Promise<User | undefined>;
  /** Throws `AlreadyExists` where the login name is another user's. */
  setUser(tenant: string, id: string, change: UserChange, event: AuditEvent): Promise<boolean>;
  /**
   * Deletes the user, its access keys and consents, and ends every grant of it, so that a later user of the same id
   * inherits nothing.
   */
  deleteUser(tenant: string, id: string, nowMs: number, event: AuditEvent): Promise<boolean>;
  /** True the first time, for one caller of any number. No audit event. */
  markFirstLogin(tenant: string, id: string, nowMs: number): Promise<boolean>;
  listUsers(filter: { readonly tenant?: string | undefined }, page: PageAsk): Promise<Page<User>>;
  createAccessKey(accessKey: AccessKey, event: AuditEvent): Promise<void>;
  findAccessKey(id: string): Promise<AccessKeyHolder | undefined>;
  setAccessKeyStatus(id: string, status: Status, event: AuditEvent): Promise<boolean>;
  listAccessKeys(
    filter: { readonly tenant?: string | undefined; readonly userId?: string | undefined },
    page: PageAsk,
  ): Promise<Page<AccessKey>>;
  createClient(client: Client, event: AuditEvent): Promise<void>;
  findClient(id: string): Promise<Client | undefined>;
  setClient(id: string, change: ClientChange, event: AuditEvent): Promise<boolean>;
  /** Deletes the client and the consents to it, and ends every grant that it was given. */
  deleteClient(id: string, nowMs: number, event: AuditEvent): Promise<boolean>;
  listClients(
    filter: { readonly tenant?: string | undefined; readonly dialect?: string | undefined },
    page: PageAsk,
  ): Promise<Page<Client>>;
  createResource(resource: Resource, event: AuditEvent): Promise<void>;
  findResource(tenant: string, id: string): Promise<Resource | undefined>;
  setResource(
    tenant: string,
    id: string,
    change: Partial<Pick<Resource, 'name' | 'status' | 'accessTokens' | 'scopes'>>,
    event: AuditEvent,
  ): Promise<boolean>;
  deleteResource(tenant: string, id: string, event: AuditEvent): Promise<boolean>;
  listResources(filter: { readonly tenant?: string | undefined }, page: PageAsk): Promise<Page<Resource>>;
}

export interface RegionStore {
  createRegion(region: Region, event: AuditEvent): Promise<void>;
  findRegion(id: string): Promise<Region | undefined>;
  setRegion(
    id: string,
    change: Partial<Pick<Region, 'name' | 'description' | 'status' | 'services'>>,
    event: AuditEvent,
  ): Promise<boolean>;
  /** Deletes the region with every account in it. */
  deleteRegion(id: string, event: AuditEvent): Promise<boolean>;
  listRegions(page: PageAsk): Promise<Page<Region>>;
  /** Makes the user's account in a region, or puts it in the place of the earlier one. Throws `OwnerMissing`. */
  saveAccount(account: RegionAccount, event: AuditEvent): Promise<void>;
  deleteAccount(tenant: string, userId: string, regionId: string, event: AuditEvent): Promise<boolean>;
  /** Every region that the user has an account in, in the order of their ids; at most 1000. */
  memberships(tenant: string, userId: string): Promise<readonly Membership[]>;
}

/** A one-time code is used. */
export interface RedeemAsk {
  readonly hash: string;
  readonly presented: PresentedCode;
  /** What the code gives, made from what `findCode` told. */
  readonly grant: Grant;
  readonly nowMs: number;
  /** Kept with what was decided: its type, its reason and the grant are the store's to fill in. */
  readonly event: Omit<AuditEvent, 'type' | 'reason' | 'grantId'>;
}

export type RedeemOutcome = { readonly did: 'redeemed' } | { readonly did: 'refused'; readonly reason: Reason };

export interface CodeStore {
  createCode(code: AuthorizationCode, event: AuditEvent): Promise<void>;
  findCode(hash: string): Promise<StoredCode | undefined>;
  /**
   * Decides over a presented code with `decideRedemption`, and writes what was decided in the same transaction: of any
   * number of calls with one code exactly one creates its grant. A replay revokes the grant that came from the code.
   * Keeps one event for a redemption (`grant.issued`), a replay (`code.replayed`) and a refusal (`grant.refused`).
   */
  redeemCode(ask: RedeemAsk): Promise<RedeemOutcome>;
  /** Deletes at most `limit` codes that ended before `endedBeforeMs`; returns how many went. */
  purgeCodes(endedBeforeMs: number, limit: number): Promise<number>;
}

export interface LoginStore {
  /**
   * Decides with `decideAttempt` and keeps the count in the same transaction, before a password is looked at.
   * @param key hash of who is tried; the store need not know whether there is such a user.
   */
  countAttempt(key: string, policy: LoginPolicy, nowMs: number): Promise<AttemptDecision>;
  /** The password was right: the count starts again from nothing. */
  forgetAttempts(key: string): Promise<void>;
  /** Deletes at most `limit` counts whose last attempt was before `lastBeforeMs`; returns how many went. */
  purgeAttempts(lastBeforeMs: number, limit: number): Promise<number>;
  /** Keeps the consent in the place of an earlier one. Throws `OwnerMissing` where the user or the client is gone. */
  saveConsent(consent: Consent, event: AuditEvent): Promise<void>;
  findConsent(tenant: string, subject: string, clientId: string): Promise<Consent | undefined>;
  deleteConsent(tenant: string, subject: string, clientId: string, event: AuditEvent): Promise<boolean>;
}

/** A signing key as it is kept: its private half sealed under the master key, bound to `id`. */
export interface StoredKey extends KeyTimes {
  /** Key id: `kid` in JWKS (RFC 7638 thumbprint for asymmetric keys). */
  readonly id: string;
  readonly use: string;
  readonly algorithm: Algorithm;
  readonly sealed: Uint8Array;
  /** Public half as a JWK in JSON; `undefined` for HS256. */
  readonly publicJwk: string | undefined;
  readonly createdAtMs: number;
}

export interface KeyStore {
  /** In the order in which they were added: the last one of a use is its newest. */
  listKeys(): Promise<readonly StoredKey[]>;
  /**
   * Adds a key and sets the end of its predecessors in one step; one that ends sooner keeps its end. Refused (`false`,
   * nothing written) when the newest key of this use is no longer `expectedNewest`: somebody else rotated first.
   */
  addKey(
    key: StoredKey,
    expectedNewest: string | undefined,
    predecessorsEnd: { readonly retiresAtMs: number; readonly dropsAtMs: number },
    event: AuditEvent,
  ): Promise<boolean>;
  /** Deletes keys that were dropped before `nowMs`. */
  purgeKeys(nowMs: number): Promise<number>;
  /** A small value that belongs to the installation, such as the check value of the master key. */
  readSetting(name: string): Promise<string | undefined>;
  /** Writes it once: the first writer wins, everybody gets what stands there. */
  claimSetting(name: string, value: string): Promise<string>;
}

export interface Store extends GrantStore, AuditStore, DirectoryStore, KeyStore, CodeStore, LoginStore, RegionStore {
  /** Throws `StoreUnavailable` when the store cannot be read. */
  ping(): Promise<void>;
  /** Commits whose caller still waits; for metrics and for refusing work when it grows too long. */
  readonly pending: number;
  /** So many commits wait that the next one would be refused. */
  readonly isBehind: boolean;
  /** Finishes what was taken, then closes. Calls after it throw `StoreUnavailable`. */
  close(): Promise<void>;
}

/** Signs and checks tokens under the keys of a `use`. */
export interface Signer {
  sign(format: Pick<TokenFormat, 'keyUse' | 'algorithm' | 'shape'>, token: UnsignedToken): string;
  /** The same; where signing is costly (RSA), on another thread. */
  signThreaded(
    format: Pick<TokenFormat, 'keyUse' | 'algorithm' | 'shape'>,
    token: UnsignedToken,
  ): string | Promise<string>;
  /**
   * The payload of a token that a live key of `keyUse` signed with exactly `algorithm`; `undefined` for anything else.
   * Never throws for bad input.
   */
  verify(
    format: Pick<TokenFormat, 'keyUse' | 'algorithm' | 'shape'>,
    token: string,
  ): Record<string, unknown> | undefined;
}

/** Checks assertions that clients signed with keys of their own (RFC 7523, section 3). */
export interface Assertions {
  /** The issuer that a JWT claims, unverified: it says whose keys to look for. */
  issuerOf(assertion: string): string | undefined;
  /**
   * The payload, where one of the keys made the signature with one of the algorithms. A key never checks an algorithm of
   * another family, whatever the header says.
   */
  verify(
    keys: readonly ClientKey[],
    algorithms: readonly Algorithm[],
    assertion: string,
  ): Record<string, unknown> | AssertionProblem;
  /** SubjectPublicKeyInfo in PEM. */
  pemOf(key: ClientKey): string;
}

/** The text is no public key that can check an assertion. */
export class ClientKeyUnreadable extends Error {
  override readonly name = 'ClientKeyUnreadable';
}

/** Keys that operators give to clients. */
export interface ClientKeys {
  /**
   * @param text a public key: PEM (SubjectPublicKeyInfo or PKCS#1) or a JWK in JSON; RSA of 2048 bits or more, or P-256.
   * @throws {ClientKeyUnreadable} for anything else, a private key among them.
   */
  read(text: string): ClientKey;
  /** A new pair; the private half (PKCS#8 PEM) is shown once and kept nowhere. */
  generate(algorithm: 'RS256' | 'ES256'): Promise<{ readonly key: ClientKey; readonly privateKeyPem: string }>;
}

/** Passwords, slowly (Argon2id, RFC 9106). Both throw `Overloaded` where too many wait in line. */
export interface Passwords {
  /** In PHC form. */
  hash(password: string): Promise<string>;
  /** Takes as long where `hash` is `undefined`, and says no. */
  verify(password: string, hash: string | undefined): Promise<boolean>;
}

/** Keeps secrets at rest. */
export interface Sealing {
  /** AES-256-GCM under the master key; `binding` is authenticated, so that a row's secret opens in that row only. */
  seal(text: string, binding: string): Uint8Array;
  /** Throws where the master key or the binding is another one. */
  open(sealed: Uint8Array, binding: string): string;
  /** Keyed hash of a high-entropy secret, in base64url: for comparing only. */
  keyedHash(text: string, purpose: string): string;
}
