/** Shorthand of the PDS tests: an emulator on a stopped clock, and calls as the vendor's clients make them. */

import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { sdkForms, type TokenRequest } from '@hufu/wire/pds';
import type { Description } from '../../packages/server/src/emulator/description.ts';
import { type Emulator, startEmulator } from '../../packages/server/src/emulator/start.ts';
import { type AssertionClaims, type AssertionKey, signAssertion } from './assertion.ts';
import { type Answer, exchange } from './exchange.ts';
import { basic, jsonOf, postForm } from './oauth.ts';

export type Token = Readonly<Record<string, unknown>> & {
  readonly access_token: string;
  readonly refresh_token: string;
};

export interface PdsBench extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly url: string;
  readonly demo: Description['pds'];
  /** Of the demo JWT application. */
  readonly key: AssertionKey;
  nowSeconds(): number;
  /** Signs as the SDK does: no `kid`, five minutes to either side, a short `jti`. */
  assertion(change?: AssertionClaims, options?: { key?: AssertionKey; header?: Record<string, unknown> }): string;
  send(request: TokenRequest, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** A form as the SDK encodes it. */
  form(fields: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  json(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** `getUserJwtToken`, or what `change` makes of it. */
  assert(change?: AssertionClaims, subdomainId?: string): Promise<Answer>;
  /** A session of a user, who is made where there is none. */
  userToken(userId?: string): Promise<Token>;
  /** `refreshJwtToken`. */
  refresh(refreshToken: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  introspect(token: string): Promise<Record<string, unknown>>;
  admin(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
}

export async function openPds(settings: Parameters<typeof startEmulator>[0] = {}): Promise<PdsBench> {
  const emulator = await startEmulator({ clock: '2024-10-30T03:02:45.559Z', ...settings });
  const { pds: demo, admin } = emulator.description;
  const key = keyOf(demo.jwtApp.privateKeyPem);
  const client_id = demo.jwtApp.clientId;
  let jtis = 0;
  let asker: Promise<{ readonly authorization: string }> | undefined;

  const bench: PdsBench = {
    emulator,
    url: emulator.url,
    demo,
    key,
    nowSeconds: () => Math.floor(emulator.clock.nowMs() / 1000),
    assertion(change = {}, { key: signer = key, header = {} } = {}) {
      const now = bench.nowSeconds();
      const claims = {
        iss: client_id,
        sub: 'u-1',
        sub_type: 'user',
        aud: demo.domainId,
        jti: `jti${(jtis++).toString(36)}`,
        exp: now + 300,
        iat: now - 300,
        auto_create: false,
        ...change,
      };
      return signAssertion(signer, claims, { kid: undefined, ...header });
    },
    send({ path, contentType, body }, headers = {}) {
      const { host } = new URL(emulator.url);
      const sent = { host, 'content-type': contentType, ...headers };
      return exchange(emulator.url, { method: 'POST', target: path, headers: sent, body });
    },
    form: (fields, headers) =>
      bench.send(
        {
          path: '/v2/oauth/token',
          contentType: 'application/x-www-form-urlencoded',
          body: Object.entries(fields)
            .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
            .join('&'),
        },
        headers,
      ),
    json: (path, body, headers) =>
      bench.send({ path, contentType: 'application/json', body: JSON.stringify(body) }, headers),
    assert: (change, subdomain_id) =>
      bench.send(sdkForms.getUserJwtToken({ client_id, assertion: bench.assertion(change), subdomain_id })),
    userToken: async (sub = 'u-1') => tokenOf(await bench.assert({ sub, auto_create: true })),
    refresh: (refresh_token, headers) => bench.send(sdkForms.refreshJwtToken({ client_id, refresh_token }), headers),
    async introspect(token) {
      asker ??= createAsker(bench);
      const answer = await postForm(`${emulator.url}/oauth2/introspect`, { token }, await asker);
      if (answer.status !== 200) throw new Error(`introspection answered ${answer.status}: ${answer.body}`);
      return jsonOf(answer);
    },
    async admin(method, path, body) {
      const answer = await fetch(`${emulator.url}/admin/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
      return JSON.parse(text) as Record<string, unknown>;
    },
    [Symbol.asyncDispose]: () => emulator.stop(),
  };
  return bench;
}

/** A key of PEM, in either format, as `signAssertion` takes it. */
export function keyOf(pem: string | KeyObject): AssertionKey {
  const privateKey = typeof pem === 'string' ? createPrivateKey(pem) : pem;
  const publicKey = createPublicKey(privateKey);
  return {
    algorithm: privateKey.asymmetricKeyType === 'ec' ? 'ES256' : 'RS256',
    id: 'unused',
    privateKey,
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    publicJwk: publicKey.export({ format: 'jwk' }),
  };
}

/** A resource server that may ask about every domain's tokens. */
async function createAsker(bench: PdsBench): Promise<{ readonly authorization: string }> {
  const asked = { tenant: '*', name: 'Asker', permissions: ['introspect'] };
  const { id, secret } = await bench.admin('POST', '/clients', asked);
  return basic(String(id), String(secret));
}

export function tokenOf(answer: Answer): Token {
  if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${answer.body}`);
  // `refresh_token` and `access_token` are compared by the tests themselves.
  return jsonOf(answer) as Token;
}

/** Status and code of a refusal, whose form is checked on the way. */
export function refusalOf(answer: Answer): string {
  const { code, message, requestId, ...rest } = jsonOf(answer);
  const id = answer.headers['x-ca-request-id'];
  const isSound = typeof message === 'string' && requestId === id && Object.keys(rest).length === 0;
  const isTyped = answer.headers['content-type'] === 'application/json';
  if (!isSound || !isTyped || !/^[0-9A-F]{24}$/.test(String(id))) {
    throw new Error(`not a refusal of PDS: ${answer.body}`);
  }
  return `${answer.status} ${code}`;
}

/** Payload of a compact JWT, unverified. */
export function claimsOf(jwt: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;
}

export const customOf = (accessToken: string): Record<string, unknown> =>
  JSON.parse(String(claimsOf(accessToken).customJson)) as Record<string, unknown>;
