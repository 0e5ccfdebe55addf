/** Rows that are complete and distinct; each test states only what it is about. */

import type { AuditEvent } from '../../core/audit.ts';
import type { AuthorizationCode } from '../../core/authorization-code.ts';
import type { Client } from '../../core/client.ts';
import {
  type AccessKey,
  type Consent,
  noProfile,
  type Resource,
  type Tenant,
  type User,
} from '../../core/directory.ts';
import type { Grant } from '../../core/grant.ts';
import { grantId } from '../../core/ids.ts';
import type { Region, RegionAccount } from '../../core/region.ts';
import type { Page, PageAsk, Store, StoredKey } from '../../service/ports.ts';

/** The instant that the suite's stories start at. */
export const startMs = Date.parse('2026-03-01T08:00:00Z');

export const dayMs = 86_400_000;

let made = 0;

/** The id says when it was issued, as ids of grants do. */
export function grantAt(issuedAtMs: number, change: Partial<Grant> = {}): Grant {
  // The last of the 20 digits is not part of an id.
  const random = `${(++made).toString(16).padStart(19, '0')}0`;
  return {
    id: grantId(issuedAtMs, random),
    dialect: 'sls',
    tenant: 't1',
    subject: 'u1',
    accessKeyId: 'ak1',
    clientId: undefined,
    issuedAtMs,
    expiresAtMs: issuedAtMs + dayMs,
    renewByMs: issuedAtMs + dayMs,
    accessTokenLifetimeSeconds: 3600,
    binding: undefined,
    scope: undefined,
    audience: undefined,
    revokedAtMs: undefined,
    generation: 0,
    rotatedAtMs: undefined,
    successorSeen: false,
    idempotencyKeyHash: undefined,
    ...change,
  };
}

export const eventAt = (atMs: number, change: Partial<AuditEvent> = {}): AuditEvent => ({
  atMs,
  type: 'grant.issued',
  requestId: `request-${++made}`,
  ...change,
});

/** The event of a grant's issue. */
export const issued = (grant: Grant): AuditEvent => eventAt(grant.issuedAtMs, { grantId: grant.id });

export const tenant = (id: string, change: Partial<Tenant> = {}): Tenant => ({
  id,
  name: `tenant ${id}`,
  status: 'enabled',
  createdAtMs: startMs,
  ...change,
});

export const user = (ofTenant: string, id: string, change: Partial<User> = {}): User => ({
  tenant: ofTenant,
  id,
  name: `user ${id}`,
  status: 'enabled',
  policy: [{ effect: 'Allow', actions: ['log:*'], resources: ['acs:log:*:*:ticket/*'] }],
  createdAtMs: startMs,
  loginName: undefined,
  passwordHash: undefined,
  role: 'user',
  profile: noProfile,
  firstLoginAtMs: undefined,
  ...change,
});

export const accessKey = (id: string, change: Partial<AccessKey> = {}): AccessKey => ({
  id,
  tenant: 't1',
  userId: 'u1',
  status: 'enabled',
  sealedSecret: new Uint8Array([1, 2, 3, 250]),
  securityTokenHash: undefined,
  expiresAtMs: undefined,
  createdAtMs: startMs,
  ...change,
});

/** An access key with an end. */
export const temporaryKey = (id: string, expiresAtMs: number): AccessKey =>
  accessKey(id, { securityTokenHash: `hash of ${id}`, expiresAtMs });

export const client = (id: string, change: Partial<Client> = {}): Client => ({
  id,
  tenant: 't1',
  name: `client ${id}`,
  status: 'enabled',
  createdAtMs: startMs,
  dialect: 'oauth',
  type: 'web',
  authentication: 'client_secret',
  secretHash: `hash of ${id}`,
  keys: [],
  grantTypes: ['authorization_code', 'refresh_token'],
  redirectUris: ['https://app.example/callback'],
  requiresPkce: true,
  scopes: [],
  isThirdParty: false,
  rotation: { rotates: true, retryWindowSeconds: undefined },
  permissions: ['introspect', 'revoke'],
  resources: [],
  ...change,
});

export const resource = (ofTenant: string, id: string, change: Partial<Resource> = {}): Resource => ({
  tenant: ofTenant,
  id,
  name: `resource ${id}`,
  status: 'enabled',
  accessTokens: 'jwt',
  scopes: ['read', 'write'],
  createdAtMs: startMs,
  ...change,
});

export const region = (id: string, change: Partial<Region> = {}): Region => ({
  id,
  name: `region ${id}`,
  description: `where ${id} is`,
  status: 'enabled',
  services: '{"hpcUrls":[]}',
  createdAtMs: startMs,
  ...change,
});

/** Of user `u1` of tenant `t1`. */
export const regionAccount = (regionId: string, change: Partial<RegionAccount> = {}): RegionAccount => ({
  tenant: 't1',
  userId: 'u1',
  regionId,
  account: `act-${regionId}`,
  homePath: `/public/home/act-${regionId}`,
  status: 'Normal',
  ...change,
});

/** Of user `u1` of tenant `t1`, for client `c1`; good for ten minutes. */
export const code = (hash: string, change: Partial<AuthorizationCode> = {}): AuthorizationCode => ({
  hash,
  dialect: 'oauth',
  tenant: 't1',
  subject: 'u1',
  clientId: 'c1',
  redirectUri: 'https://app.example/callback',
  codeChallenge: 'challenge',
  scope: 'read write',
  audience: 'https://api.example/',
  issuedAtMs: startMs,
  expiresAtMs: startMs + 600_000,
  ...change,
});

export const consent = (change: Partial<Consent> = {}): Consent => ({
  tenant: 't1',
  subject: 'u1',
  clientId: 'c1',
  scope: 'read',
  grantedAtMs: startMs,
  ...change,
});

export const signingKey = (id: string, change: Partial<StoredKey> = {}): StoredKey => ({
  id,
  use: 'sls',
  algorithm: 'HS256',
  sealed: new Uint8Array([9, 8, 7]),
  publicJwk: undefined,
  createdAtMs: startMs,
  activeFromMs: startMs,
  retiresAtMs: undefined,
  dropsAtMs: undefined,
  ...change,
});

/** Tenant `t1` with user `u1` and access key `ak1`; tenant `t2` with user `u1`. */
export async function settle(store: Store): Promise<void> {
  await store.createTenant(tenant('t1'), eventAt(startMs, { type: 'tenant.created' }));
  await store.createTenant(tenant('t2'), eventAt(startMs, { type: 'tenant.created' }));
  await store.createUser(user('t1', 'u1'), eventAt(startMs, { type: 'user.created' }));
  await store.createUser(user('t2', 'u1'), eventAt(startMs, { type: 'user.created' }));
  await store.createAccessKey(accessKey('ak1'), eventAt(startMs, { type: 'access_key.created' }));
}

/** Issues grants one after the other and gives them back. */
export async function issue(store: Store, ...grants: readonly Grant[]): Promise<readonly Grant[]> {
  for (const grant of grants) await store.createGrant(grant, issued(grant));
  return grants;
}

/** Walks a list to its end. */
export async function everyRow<Row>(list: (page: PageAsk) => Promise<Page<Row>>, limit = 1000): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const page = await list({ limit, after });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return rows;
}

/** The whole log as objects, newest first. */
export async function everyEvent(store: Store): Promise<readonly Record<string, unknown>[]> {
  const lines = await everyRow((page) => store.readAudit({}, page));
  return lines.map((line): Record<string, unknown> => JSON.parse(line));
}
