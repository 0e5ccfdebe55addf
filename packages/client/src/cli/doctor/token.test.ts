import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTokenSource } from '../../core/create.ts';
import { TokenError } from '../../core/errors.ts';
import type { Grant, Provider } from '../../core/types.ts';
import type { OpenProfile } from '../open-profile.ts';
import { openStorage } from '../profiles/storage.ts';
import { storedSecrets } from '../profiles/stored-secrets.ts';
import { checkToken } from './token.ts';

const hourMs = 3_600_000;
const grantOf = (token: string): Grant => ({ token: { token, lifetimeMs: hourMs }, refreshToken: `r-${token}` });

/** What was asked of the server, in order. */
async function opened(provider: Partial<Provider>, held?: Grant) {
  const calls: string[] = [];
  const noting = (call: string, work: () => Grant) => async (): Promise<Grant> => {
    calls.push(call);
    return work();
  };
  const whole: Provider = {
    id: 'sample',
    kind: 'sample',
    traits: { rotates: 'yes' },
    key: () => 'sample',
    acquire: noting('acquire', () => grantOf('new')),
    refresh: noting('refresh', () => grantOf('next')),
    revoke: async () => void calls.push('revoke'),
    ...provider,
  };
  const storage = await openStorage('memory', {});
  const source = createTokenSource({ provider: whole, store: storage.store, policy: { retries: 0 } });
  if (held) await source.adopt(held);
  const open: OpenProfile = {
    name: 'p',
    profile: { provider: 'pds', grant: 'user-jwt', storage: 'memory', options: {} },
    provider: whole,
    source,
    storage,
    secrets: storedSecrets(storage.store, 'p', Date.now),
    [Symbol.asyncDispose]: () => source.close(),
  };
  const check = async (refresh = false) => {
    const { state, detail } = await checkToken({ open, refresh, login: 'LOG IN', doctorRefresh: 'WITH REFRESH' });
    return `${state}: ${detail}`;
  };
  return { source, calls, check };
}

const person = { traits: { rotates: 'yes', interactive: true } } as const;

describe('the doctor asks for a token', () => {
  it('that nobody keeps, and ends it again', async () => {
    const { source, calls, check } = await opened({}, grantOf('held'));
    assert.match(await check(), /^ok: user-jwt works: a token until /);
    assert.deepEqual(calls, ['acquire', 'revoke']);
    assert.equal(source.peek()?.token, 'held');
  });

  it('not where a person would have to act, or a refresh token would be spent', async () => {
    const { source, calls, check } = await opened(person, grantOf('held'));
    assert.match(await check(), /^skipped: one is held, .*; a refresh spends the refresh token, .*: WITH REFRESH$/);
    const nobody = await opened(person);
    assert.equal(await nobody.check(), 'skipped: only a person can get one: LOG IN');
    assert.deepEqual([calls, nobody.calls], [[], []]);
    assert.equal(source.peek()?.token, 'held');
  });

  it('by the refresh token where it is told to, and keeps what comes', async () => {
    const { source, calls, check } = await opened(person, grantOf('held'));
    assert.match(await check(true), /^ok: refreshed: a token until /);
    assert.deepEqual(calls, ['refresh']);
    assert.equal(source.peek()?.token, 'next');
  });

  it('and says what the refusal means, with the code of the vendor once', async () => {
    const refusing = async (): Promise<never> => {
      const message = 'JWT: the server refused with 400 (InvalidParameter.Assertion)';
      throw new TokenError({ code: 'invalid_client', message, vendorCode: 'InvalidParameter.Assertion' });
    };
    const { check } = await opened({ acquire: refusing });
    assert.equal(
      await check(),
      'failed: JWT: the server refused with 400 (InvalidParameter.Assertion): the private key is not the one whose public half the console has',
    );
  });
});
