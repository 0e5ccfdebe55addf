import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fromFunction } from '../core/from-function.ts';
import { fails, refusedWith, world } from '../core/source.sample.ts';
import { manualClock } from '../testing/manual-clock.ts';
import {
  asIdentityProvider,
  asKeyIdentityProvider,
  asMcpAuthProvider,
  asOssRefresher,
  asTokenCredential,
} from './index.ts';

const minute = 60_000;

/** Temporary keys that live for ten minutes, numbered. */
function keys() {
  const clock = manualClock();
  let number = 0;
  const source = fromFunction(
    async () => {
      number += 1;
      const extra = { accessKeyId: `STS.${number}`, accessKeySecret: `secret-${number}` };
      return { token: `security-token-${number}`, lifetimeMs: 10 * minute, extra };
    },
    { clock, policy: { jitterShare: 0 } },
  );
  return { clock, source, made: () => number };
}

suite('ali-oss', () => {
  test('asks before every request, and gets keys that are good, in its own names', async () => {
    const { clock, source, made } = keys();
    const { refreshSTSToken, refreshSTSTokenInterval } = asOssRefresher(source);
    assert.equal(refreshSTSTokenInterval, 0);
    const first = { accessKeyId: 'STS.1', accessKeySecret: 'secret-1', stsToken: 'security-token-1' };
    assert.deepEqual(await refreshSTSToken(), first);
    await clock.advance(7 * minute);
    assert.deepEqual(await refreshSTSToken(), first);
    await clock.advance(3 * minute);
    const all = await Promise.all(Array.from({ length: 50 }, () => refreshSTSToken()));
    assert.ok(all.every(({ accessKeyId }) => accessKeyId === 'STS.2'));
    assert.equal(made(), 2);
  });

  test('a token that is no temporary key is refused, by the name of what is missing', async () => {
    const refresher = asOssRefresher(fromFunction(async () => ({ token: 't', extra: { accessKeyId: 'STS.1' } })));
    await assert.rejects(refresher.refreshSTSToken(), /no accessKeySecret in extra/);
    await assert.rejects(refresher.refreshSTSToken(), refusedWith('config'));
  });
});

suite('AWS', () => {
  test('a bearer token with its end by the clock of this machine', async () => {
    const { source, clock } = world({ lifetimeMs: 10 * minute });
    const expiration = new Date(clock.nowMs() + 10 * minute);
    assert.deepEqual(await asIdentityProvider(source)(), { token: 'access-token-number-1', expiration });
  });

  test('a server whose clock is an hour ahead does not move that end', async () => {
    const { source, clock } = world({ lifetimeMs: 10 * minute });
    clock.learn(new Date(clock.nowMs() + 60 * minute).toUTCString(), 0);
    const { expiration } = await asIdentityProvider(source)();
    assert.equal(expiration?.getTime(), clock.nowMs() + 10 * minute);
  });

  test('without an end there is no expiration', async () => {
    const { source, server } = world();
    server.lifetimeMs = undefined;
    assert.deepEqual(await asIdentityProvider(source)({}), { token: 'access-token-number-1' });
  });

  test('a forced refresh is one, and no other call is', async () => {
    const { source, server } = world();
    const provide = asIdentityProvider(source);
    await provide();
    await provide({ forceRefresh: false });
    assert.equal((await provide({ forceRefresh: true })).token, 'access-token-number-2');
    assert.equal(server.calls.length, 2);
  });

  test('keys in its own names', async () => {
    const { source, clock } = keys();
    assert.deepEqual(await asKeyIdentityProvider(source)(), {
      accessKeyId: 'STS.1',
      secretAccessKey: 'secret-1',
      sessionToken: 'security-token-1',
      expiration: new Date(clock.nowMs() + 10 * minute),
    });
  });
});

suite('Azure', () => {
  test('a token with its end, whatever the scopes', async () => {
    const { source, clock, server } = world({ lifetimeMs: 10 * minute });
    const credential = asTokenCredential(source);
    const expiresOnTimestamp = clock.nowMs() + 10 * minute;
    for (const scopes of ['https://example.com/.default', ['a', 'b'], []]) {
      assert.deepEqual(await credential.getToken(scopes), { token: 'access-token-number-1', expiresOnTimestamp });
    }
    assert.equal(server.calls.length, 1);
  });

  test('no end is the end of the year 9999', async () => {
    const { source, server } = world();
    server.lifetimeMs = undefined;
    const { expiresOnTimestamp } = await asTokenCredential(source).getToken([]);
    assert.equal(new Date(expiresOnTimestamp).getUTCFullYear(), 9999);
  });

  test('a challenge gets another token, and a signal lets its caller go', async () => {
    const { source } = world();
    const credential = asTokenCredential(source);
    await credential.getToken([]);
    assert.equal((await credential.getToken([], { claims: 'e30=' })).token, 'access-token-number-2');
    const abortSignal = AbortSignal.abort();
    await assert.rejects(credential.getToken([], { abortSignal }), refusedWith('aborted'));
  });
});

suite('MCP', () => {
  test('the transport sends what is current, and after a refusal another', async () => {
    const { source, server, clock } = world();
    const provider = asMcpAuthProvider(source, clock);
    assert.equal(await provider.token(), 'access-token-number-1');
    await provider.onUnauthorized({ response: undefined });
    assert.equal(await provider.token(), 'access-token-number-2');
    assert.deepEqual(server.calls, ['acquire', 'refresh']);
  });

  test('a server that refuses everything causes one refresh', async () => {
    const { source, server, clock } = world();
    const provider = asMcpAuthProvider(source, clock);
    for (let count = 0; count < 5; count += 1) {
      await provider.token();
      await provider.onUnauthorized();
    }
    assert.deepEqual(server.calls, ['acquire', 'refresh']);
  });

  test('a refusal before the first token asks for nothing, and a failure is told', async () => {
    const { source, server, clock } = world({ policy: { retries: 0 } });
    const provider = asMcpAuthProvider(source, clock);
    await provider.onUnauthorized();
    assert.deepEqual(server.calls, []);
    server.faults = [fails('invalid_client')];
    await assert.rejects(provider.token(), refusedWith('invalid_client'));
  });
});
