import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { StoredGrant } from '../core/grant.ts';
import { clientOfToken } from './client-of-token.ts';

const grantId = '017fab84-91bd-4abc-8def-0123456789ab';
const parts = (grant: Partial<StoredGrant> | undefined) => ({
  store: { findGrant: async (id: string) => (id === grantId ? (grant as StoredGrant | undefined) : undefined) },
  refreshTokens: { read: (token: string) => (token === 'ours' ? { grantId, generation: 1 } : undefined) },
});
const unnamed = { kind: 'client_of_token' } as const;

suite('a caller who leaves it to the refresh token to name the client', () => {
  test('speaks as the client that the token was given to, by name and without any proof', async () => {
    const named = await clientOfToken(parts({ clientId: 'app' }), unnamed, 'ours');
    assert.deepEqual(named, { ok: true, value: { kind: 'client_name', clientId: 'app' } });
  });

  test('is refused where the token is none of ours', async () => {
    const named = await clientOfToken(parts({ clientId: 'app' }), unnamed, 'garbage');
    assert.ok(!named.ok && named.reason.code === 'credential_invalid');
  });

  test('is refused where the session is gone', async () => {
    const named = await clientOfToken(parts(undefined), unnamed, 'ours');
    assert.deepEqual(named, { ok: false, reason: { code: 'grant_unknown', grantId } });
  });

  test('whoever names a client is not looked up', async () => {
    const proof = { kind: 'client_name', clientId: 'other' } as const;
    assert.deepEqual(await clientOfToken(parts({ clientId: 'app' }), proof, 'ours'), { ok: true, value: proof });
  });
});
