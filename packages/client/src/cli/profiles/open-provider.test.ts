import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTokenSource } from '../../core/create.ts';
import { isTokenError } from '../../core/errors.ts';
import { memoryStore } from '../../core/memory-store.ts';
import type { FetchLike } from '../../core/platform.ts';
import { openProvider } from './open-provider.ts';
import { preparedSource } from './prepared-source.ts';
import type { Profile } from './profile.ts';
import { readProfile } from './read-profile.ts';
import { storedSecrets } from './stored-secrets.ts';

const metadata = { token_endpoint: 'https://id.example/token' };
const profile: Profile = readProfile('mine', {
  provider: 'oauth2',
  grant: 'client_credentials',
  issuer: 'https://id.example',
  metadata,
  clientId: 'a',
  clientSecret: { env: 'SECRET' },
});

/** A server that takes one secret; the variable may change meanwhile. */
async function opened(good: string, env: Record<string, string | undefined>) {
  const asked: string[] = [];
  const fetch: FetchLike = async (_url, init) => {
    const header = new Headers(Object(init).headers).get('authorization') ?? '';
    const [, secret = ''] = atob(header.replace('Basic ', '')).split(':');
    asked.push(secret);
    const body =
      secret === good ? { access_token: 'token', token_type: 'Bearer', expires_in: 600 } : { error: 'invalid_client' };
    return Response.json(body, { status: secret === good ? 200 : 401 });
  };
  const store = memoryStore();
  const { provider, prepare } = await openProvider(
    profile,
    { env, stored: storedSecrets(store, 'mine', Date.now) },
    { name: 'mine', env, redirectUri: undefined, authorize: undefined },
  );
  const source = preparedSource(createTokenSource({ provider, store, fetch, policy: { cooldownFirstMs: 0 } }), prepare);
  return { provider, source, asked, store };
}

const code = (error: unknown): string | undefined => (isTokenError(error) ? error.code : undefined);

describe('a profile whose secret stands elsewhere', () => {
  it('has its identity without it', async () => {
    const one = await opened('hunter2', { SECRET: 'hunter2' });
    const other = await opened('hunter2', {});
    assert.equal(await one.provider.key(), await other.provider.key());
  });

  it('looks for it when a token is needed, and not before', async () => {
    const env: Record<string, string | undefined> = {};
    const { source, asked } = await opened('hunter2', env);
    await source.ready();
    env.SECRET = 'hunter2';
    assert.equal((await source.getToken()).token, 'token');
    env.SECRET = undefined;
    assert.equal((await source.getToken()).token, 'token');
    assert.deepEqual(asked, ['hunter2']);
  });

  it('fails before anything is sent, and nobody pauses, where it is not there', async () => {
    const env: Record<string, string | undefined> = {};
    const { source, asked, provider, store } = await opened('hunter2', env);
    await assert.rejects(source.getToken(), (error) => code(error) === 'config');
    assert.deepEqual(asked, []);
    assert.equal(await store.read(await provider.key()), undefined);
    env.SECRET = 'hunter2';
    assert.equal((await source.getToken()).token, 'token');
  });

  it('looks again after the server refused it', async () => {
    const env = { SECRET: 'old' };
    const { source, asked } = await opened('new', env);
    await assert.rejects(source.getToken(), (error) => code(error) === 'invalid_client');
    env.SECRET = 'new';
    assert.equal((await source.getToken()).token, 'token');
    assert.deepEqual(asked, ['old', 'new']);
  });

  it('goes on with the token at hand where a refresh ahead has to wait for it', async () => {
    const env: Record<string, string | undefined> = { SECRET: 'hunter2' };
    const { source, store, provider } = await opened('hunter2', env);
    await source.getToken();
    env.SECRET = undefined;
    const again = await opened('hunter2', env);
    const record = await store.read(await provider.key());
    // A token of ten minutes is refreshed ahead in its last two.
    const aged = record && { ...record, receivedAtMs: (record.receivedAtMs ?? 0) - 520_000 };
    if (aged) await again.store.write(await provider.key(), aged, { ifGeneration: undefined });
    assert.equal((await again.source.getToken()).token, 'token');
    assert.equal(again.source.status().state, 'soft');
    await assert.rejects(again.source.getToken({ forceRefresh: true }), (error) => code(error) === 'config');
  });
});
