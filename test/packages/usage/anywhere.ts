/**
 * A program of somebody else, for the compiler alone: what can be written against the client's types where neither the DOM's
 * nor Node's are known. What must not compile says so.
 */

import {
  createTokenSource,
  exchange,
  type FetchLike,
  type Grant,
  identityKey,
  isTokenError,
  type Lock,
  memoryStore,
  type Provider,
  refusal,
  type Token,
  type TokenSource,
  type TokenStore,
} from '@hufu/client';
import { asTokenCredential } from '@hufu/client/adapters';
import { dashboardLink } from '@hufu/client/embed';
import { createFetch } from '@hufu/client/fetch';
import { webLock } from '@hufu/client/locks/web';
import { oauth2ClientCredentials } from '@hufu/client/providers/oauth2';
import { pdsJwt } from '@hufu/client/providers/pds';
import { scnet } from '@hufu/client/providers/scnet';
import { signatureV4, sls } from '@hufu/client/providers/sls';
import { idbStore } from '@hufu/client/stores/idb';
import { sealedStore } from '@hufu/client/stores/sealed';
import { manualClock, storeSuite } from '@hufu/client/testing';

/** A fetch that was written without anybody's types. */
const answered: FetchLike = async (url, { method = 'GET' } = {}) => ({
  status: 200,
  headers: { get: (name) => (name === 'date' ? null : `${method} ${url}`) },
  text: async () => '{}',
});

const own: Provider = {
  id: 'own',
  kind: 'password',
  traits: { rotates: 'yes', replayWindowMs: 60_000 },
  key: () => identityKey('own', { user: 'alice', scope: undefined }),
  async acquire(context): Promise<Grant> {
    const answer = await exchange(context, { url: 'https://own.example/token', method: 'POST', body: 'a=b' });
    if (answer.status !== 200) throw refusal(answer, context, { code: 'invalid_grant' });
    return { token: { token: 'secret', lifetimeMs: 60_000, extra: { region: ['a', null, 1] } } };
  },
};

const store: TokenStore = {
  ...memoryStore(),
  remove: async (_key, condition) => (condition?.ifGeneration === 1 ? 'ok' : 'conflict'),
};
const lock: Lock = { run: async (_key, { waitMs }, work) => work({ lost: neverLost, assert: () => void waitMs }) };
declare const neverLost: Parameters<Parameters<Lock['run']>[2]>[0]['lost'];

export const sources: readonly TokenSource[] = [
  createTokenSource({ provider: own, store, lock, fetch: answered, clock: manualClock(), policy: { retries: 0 } }),
  createTokenSource({ provider: sls({ accessKeyId: 'a', accessKeySecret: 'b', signature: signatureV4 }) }),
  createTokenSource({ provider: pdsJwt({ domainId: 'd', clientId: 'c', privateKeyPem: 'p', userId: 'u' }) }),
  createTokenSource({ provider: scnet({ user: 'u', accessKey: 'a', secretKey: 's' }) }),
  createTokenSource({
    provider: oauth2ClientCredentials({ issuer: 'https://own.example', clientId: 'c', clientSecret: 's' }),
    store: idbStore({ sealed: true }),
    lock: webLock(),
  }),
  // @ts-expect-error: a number of attempts is a number
  createTokenSource({ provider: own, policy: { retries: 'often' } }),
];

export async function used(source: TokenSource): Promise<string> {
  const off = source.on('refresh.fail', ({ error, durationMs }) => [error.code, durationMs.toFixed()]);
  try {
    const token: Token = await source.getToken({ minValidityMs: 1_000 });
    // @ts-expect-error: a token does not change
    token.type = 'Basic';
    return `${token.type} ${token.expiresInMs()}`;
  } catch (error) {
    if (isTokenError(error, 'rate_limited')) return `${error.retryAfterMs}`;
    throw error;
  } finally {
    off();
    await source[Symbol.asyncDispose]();
  }
}

export const bound = createFetch(sources[0] ?? createTokenSource({ provider: own }), {
  origins: ['https://own.example'],
  fetch: async (address: string) => ({ status: 200, address }),
});
export const address: Promise<string> = bound('https://own.example/items').then((answer) => answer.address);

export const credential = asTokenCredential(createTokenSource({ provider: own }));
export const link: string = dashboardLink({ project: 'p', dashboardId: 'd', ticket: 't' });
export const sealed: TokenStore = sealedStore(memoryStore(), {
  seal: async (plain) => plain,
  open: async (bytes) => bytes,
});
export const suite: readonly string[] = storeSuite(() => ({ store, another: store })).map(({ name }) => name);
