/** Shorthand of the SCNet tests: an emulator on a stopped clock, and calls as the documents have them. */

import { createHmac } from 'node:crypto';
import { readEnvelope, readLoginData, requests, type ScnetRequest, sign, timestampText } from '@hufu/wire/scnet';
import type { Description } from '../../packages/server/src/emulator/description.ts';
import { type Emulator, startEmulator } from '../../packages/server/src/emulator/start.ts';
import { type Answer, exchange } from './exchange.ts';
import { basic, jsonOf, postForm } from './oauth.ts';

/** The instant of the AK/SK login of the documents, and some milliseconds. */
export const scnetInstant = '2025-12-01T13:59:51.123Z';
export const dayMs = 86_400_000;

export type ScnetDemo = Description['scnet'];

export interface SignedBy {
  readonly user?: string;
  readonly accessKey?: string;
  readonly secretKey?: string;
  /** Unix seconds, or the header's own text. */
  readonly timestamp?: number | string;
  readonly signature?: string;
}

export interface ScnetBench extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly url: string;
  readonly demo: ScnetDemo;
  nowMs(): number;
  send(request: ScnetRequest): Promise<Answer>;
  passwordLogin(change?: Partial<Pick<ScnetDemo, 'user' | 'password' | 'orgId'>>): Promise<Answer>;
  accessKeyLogin(by?: SignedBy): Promise<Answer>;
  /** Tokens of a login by their region; `undefined` for a row with `null`. */
  tokens(login?: Promise<Answer>): Promise<Readonly<Record<string, string>>>;
  /** The token of one region, where the demo user's account is in order by default. */
  token(clusterId?: string): Promise<string>;
  renew(token: string): Promise<Answer>;
  state(token: string): Promise<Answer>;
  center(token: string): Promise<Answer>;
  user(token: string): Promise<Answer>;
  introspect(token: string): Promise<Record<string, unknown>>;
  admin(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
}

const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('hex');

export async function openScnet(settings: Parameters<typeof startEmulator>[0] = {}): Promise<ScnetBench> {
  const emulator = await startEmulator({ clock: scnetInstant, ...settings });
  const { url } = emulator;
  const demo = emulator.description.scnet;
  const send = ({ method, path, headers }: ScnetRequest): Promise<Answer> =>
    exchange(url, { method, target: path, headers: { ...headers }, body: undefined });
  const bench: ScnetBench = {
    emulator,
    url,
    demo,
    nowMs: () => emulator.clock.nowMs(),
    send,
    passwordLogin: (change = {}) => {
      const { user, password, orgId } = demo;
      return send(requests.passwordLogin({ user, password, orgId, ...change }));
    },
    accessKeyLogin: ({ secretKey = demo.secretKey, ...by } = {}) => {
      const { user = demo.user, accessKey = demo.accessKey } = by;
      const given = by.timestamp ?? bench.nowMs() / 1000;
      const timestamp = typeof given === 'number' ? timestampText(given) : given;
      const signature = by.signature ?? sign(secretKey, { user, accessKey, timestamp }, hmac);
      return send(requests.accessKeyLogin({ user, accessKey, signature, timestamp }));
    },
    async tokens(login = bench.passwordLogin()) {
      const rows = readLoginData(dataOf(await login)) ?? [];
      return Object.fromEntries(rows.flatMap(({ clusterId, token }) => (token === null ? [] : [[clusterId, token]])));
    },
    async token(clusterId = '11112') {
      const { [clusterId]: token } = await bench.tokens();
      if (token === undefined) throw new Error(`the login gave no token for ${clusterId}`);
      return token;
    },
    renew: (token) => send(requests.renew(token)),
    state: (token) => send(requests.state(token)),
    center: (token) => send(requests.center(token)),
    user: (token) => send(requests.user(token)),
    async introspect(token) {
      const { clientId, clientSecret } = emulator.description.oauth.resourceServer;
      return jsonOf(await postForm(`${url}/oauth2/introspect`, { token }, basic(clientId, clientSecret)));
    },
    async admin(method, path, body) {
      const answer = await fetch(`${url}/admin/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${emulator.description.admin.token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
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

/** `data` of a call that went well. */
export function dataOf(answer: Answer): unknown {
  const envelope = readEnvelope(answer.body);
  if (answer.status !== 200 || envelope?.code !== '0') throw new Error(`${answer.status}: ${answer.body}`);
  return envelope.data;
}

/** A refusal in short: `10008 auth_fail (token is invalid)`; that of a gateway as `503 Service Unavailable`. */
export function refusalOf(answer: Answer): string {
  const envelope = readEnvelope(answer.body);
  if (envelope && answer.status === 200) {
    const { code, msg, data } = envelope;
    return `${code} ${msg}${typeof data === 'string' ? ` (${data})` : ''}`;
  }
  const { status, error } = JSON.parse(answer.body) as { status: number; error: string };
  if (status !== answer.status) throw new Error(`the body says ${status}, the answer ${answer.status}`);
  return `${status} ${error}`;
}

/** What a token that does not hold gets, whatever the reason. */
export const badToken = '10008 auth_fail (token is invalid)';

/** Claims of a compact JWT, unverified. */
export function claimsOf(token: string): Record<string, string> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<string, string>;
}

/** The new token of a renewal. */
export const renewedOf = (answer: Answer): string => String(dataOf(answer));
