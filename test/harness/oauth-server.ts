/** Shorthand of the OAuth tests: an emulator on a stopped clock, with applications of every kind made on demand. */

import assert from 'node:assert/strict';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../packages/server/src/emulator/start.ts';
import { type AssertionClaims, type AssertionKey, assertionClaims, assertionKey, signAssertion } from './assertion.ts';
import type { Answer } from './exchange.ts';
import { basic, discover, type Endpoints, type Fields, jsonOf, postForm } from './oauth.ts';

export const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
export const clientAssertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** An application, and how it proves that it is itself. */
export interface App {
  readonly id: string;
  readonly secret: string | undefined;
  /** Signs its assertions, where it has a key. */
  readonly key: AssertionKey | undefined;
}

/** Members of the admin API's `POST /admin/v1/clients`. */
export interface NewApp {
  readonly type: 'web' | 'native' | 'browser' | 'service' | 'resource_server';
  readonly tenant?: string;
  readonly authentication?: 'none' | 'client_secret' | 'private_key_jwt';
  readonly redirectUris?: readonly string[];
  readonly scopes?: readonly string[];
  readonly rotation?: { readonly rotates?: boolean; readonly retryWindowSeconds?: number };
  readonly permissions?: readonly ('introspect' | 'revoke')[];
  readonly thirdParty?: boolean;
  readonly resources?: readonly string[];
  /** Uploads the public half. */
  readonly key?: AssertionKey;
}

export interface TokenAnswer {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly refresh_token: string;
  readonly scope: string | undefined;
}

export interface OAuthServer extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly url: string;
  readonly at: Endpoints;
  /** Tenant of the demo data, and its user's id. */
  readonly tenant: string;
  readonly userId: string;
  /** A service with a secret, and a key for assertions. */
  readonly service: App;
  /** May introspect and revoke. */
  readonly resourceServer: App;
  nowMs(): number;
  admin(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  app(asked: NewApp): Promise<App>;
  token(app: App, fields: Fields, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** A session of the demo user, by an assertion of `app`. */
  session(app?: App, fields?: Readonly<Record<string, string>>): Promise<TokenAnswer>;
  /** An assertion of `app`, for a user or, without one, for itself. */
  assertion(app: App, change?: AssertionClaims, header?: Record<string, unknown>): string;
  refresh(app: App, refreshToken: string, fields?: Readonly<Record<string, string>>): Promise<Answer>;
  introspect(token: string): Promise<Record<string, unknown>>;
}

/** Where the tests' clock stands: far from the machine's, by which an emulator takes assertions as well. */
export const testInstant = '2024-10-30T03:02:45.250Z';

export async function openOAuth(settings: EmulatorOptions = {}): Promise<OAuthServer> {
  const emulator = await startEmulator({ clock: testInstant, ...settings });
  const { url, description } = emulator;
  const at = await discover(url);
  const {
    admin: { token: adminToken },
    oauth,
  } = description;
  const nowMs = (): number => emulator.clock.nowMs();

  async function admin(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const answer = await fetch(`${url}/admin/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${adminToken}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  }

  const { clientId, clientSecret } = oauth.resourceServer;
  const resourceServer: App = { id: clientId, secret: clientSecret, key: undefined };
  const tenant = String((await admin('GET', `/clients/${oauth.confidentialClient.clientId}`)).tenant);
  const userId = oauth.user.userName;

  async function app({ key, ...asked }: NewApp): Promise<App> {
    const publicKey = key && { publicKey: key.publicPem };
    const made = await admin('POST', '/clients', { tenant, dialect: 'oauth', name: 'Test', ...asked, ...publicKey });
    return { id: String(made.id), secret: typeof made.secret === 'string' ? made.secret : undefined, key };
  }

  const service = await app({ type: 'service', key: assertionKey('ES256') });

  const server: OAuthServer = {
    emulator,
    url,
    at,
    tenant,
    userId,
    service,
    resourceServer,
    nowMs,
    admin,
    app,
    token(app, fields, headers) {
      const { id, secret } = app;
      if (secret !== undefined) return postForm(at.token, fields, { ...basic(id, secret), ...headers });
      const own = Array.isArray(fields) ? fields : Object.entries(fields);
      return postForm(at.token, [...own, ...proofOf(server, app)], headers);
    },
    async session(app = service, fields = {}) {
      const assertion = server.assertion(app, { sub: userId });
      return tokenOf(await server.token(app, { grant_type: jwtBearer, assertion, ...fields }));
    },
    assertion({ id, key }, change, header) {
      if (!key) throw new Error(`${id} has no key`);
      return signAssertion(key, assertionClaims({ issuer: id, audience: at.issuer }, nowMs(), change), header);
    },
    refresh: (app, refreshToken, fields) =>
      server.token(app, { grant_type: 'refresh_token', refresh_token: refreshToken, ...fields }),
    async introspect(token) {
      const answer = await postForm(at.introspection, { token }, basic(clientId, clientSecret));
      assert.equal(answer.status, 200, answer.body);
      return jsonOf(answer);
    },
    [Symbol.asyncDispose]: () => emulator.stop(),
  };
  return server;
}

/** What a client without a secret sends in the body. */
function proofOf(server: OAuthServer, app: App): readonly (readonly [string, string])[] {
  if (!app.key) return [['client_id', app.id]];
  return [
    ['client_assertion', server.assertion(app)],
    ['client_assertion_type', clientAssertionType],
  ];
}

/** The answer of a token endpoint that gave something. */
export function tokenOf(answer: Answer): TokenAnswer {
  assert.equal(answer.status, 200, answer.body);
  // The members that a test looks at are compared there.
  return jsonOf(answer) as unknown as TokenAnswer;
}

/** Status and code of a refusal. */
export const errorOf = (answer: Answer): string => `${answer.status} ${String(jsonOf(answer).error)}`;

/** Header and claims of a JWT, unverified. */
export function partsOf(token: string): { header: Record<string, unknown>; claims: Record<string, unknown> } {
  const [header = '', claims = ''] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString('utf8'));
  return {
    header: JSON.parse(header) as Record<string, unknown>,
    claims: JSON.parse(claims) as Record<string, unknown>,
  };
}
