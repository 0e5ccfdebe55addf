import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Decision } from '../core/reasons.ts';
import { renewalUse } from '../keys/refresh-tokens.ts';
import { StoreUnavailable } from './ports.ts';
import { openWorld, sampleLifetimeSeconds, sampleRotation, sampleStartMs, type World } from './session.sample.ts';
import type { TokenPair } from './token-pair.ts';

const windowMs = sampleRotation.retryWindowSeconds * 1000;

async function world(t: TestContext): Promise<World> {
  const made = await openWorld();
  t.after(() => made.dispose());
  return made;
}

function given(answer: Decision<TokenPair>): TokenPair {
  assert.ok(answer.ok, answer.ok ? '' : answer.reason.code);
  return answer.value;
}

const code = (answer: Decision<TokenPair>): string => (answer.ok ? 'ok' : answer.reason.code);

const typesOf = async (w: World, wanted: RegExp) =>
  (await w.events()).filter(({ type }) => wanted.test(String(type))).map(({ type, reason }) => [type, reason]);

describe('a session', () => {
  it('opens with a pair of the first generation, and is on disk with its event', async (t) => {
    const w = await world(t);
    const pair = given(await w.open());
    assert.deepEqual(w.ring.refreshTokens.read(pair.refreshToken), { grantId: pair.grant.id, generation: 1 });
    assert.equal(await w.check(pair.accessToken), true);
    assert.deepEqual(await w.store.findGrant(pair.grant.id), pair.grant);
    assert.equal(pair.grant.renewByMs, sampleStartMs + sampleRotation.renewalLifetimeSeconds * 1000);
    assert.equal(pair.grant.expiresAtMs, sampleStartMs + sampleLifetimeSeconds * 1000);
    assert.deepEqual(await typesOf(w, /^grant/), [['grant.issued', undefined]]);
  });

  it('can be renewed to its end where its refresh token stays the same', async (t) => {
    const w = await world(t);
    const rotation = { ...sampleRotation, rotates: false };
    const { grant, refreshToken } = given(await w.open({ rotation }));
    assert.equal(grant.renewByMs, grant.expiresAtMs);
    w.clock.setMs(grant.expiresAtMs - 1);
    assert.equal(given(await w.refresh(refreshToken, {}, { rotation })).refreshToken, refreshToken);
    w.clock.setMs(grant.expiresAtMs);
    assert.equal(code(await w.refresh(refreshToken, {}, { rotation })), 'grant_expired');
  });

  it('is not opened for a disabled user', async (t) => {
    const w = await world(t);
    await w.store.setUser('t', 'alice', { status: 'disabled' }, { ...w.context(), atMs: 1, type: 'user.changed' });
    assert.equal(code(await w.open()), 'grant_suspended');
    assert.equal(code(await w.open({}, { subject: 'bob' })), 'ok');
  });

  it('is temporarily unavailable where the store is', async (t) => {
    const w = await world(t);
    await w.store.close();
    assert.equal(code(await w.open()), 'temporarily_unavailable');
  });

  it('gives access tokens that end with what can still be renewed', async (t) => {
    const w = await world(t);
    for (const [renewalLifetimeSeconds, left] of [
      [7199, 7199],
      [7200, 7200],
      [7201, 7200],
    ] as const) {
      const rotation = { ...sampleRotation, renewalLifetimeSeconds };
      const { accessTokenExpiresAtMs } = given(await w.open({ rotation }));
      assert.equal(accessTokenExpiresAtMs, (Math.floor(sampleStartMs / 1000) + left) * 1000);
    }
  });
});

describe('a refresh', () => {
  it('gives the next pair, and ends the pair before it', async (t) => {
    const w = await world(t);
    const first = given(await w.open());
    w.clock.setMs(sampleStartMs + 5000);
    const second = given(await w.refresh(first.refreshToken));
    assert.deepEqual(w.ring.refreshTokens.read(second.refreshToken), { grantId: first.grant.id, generation: 2 });
    assert.equal(await w.check(first.accessToken), false);
    assert.equal(await w.check(second.accessToken), true);
    assert.equal(code(await w.refresh(second.refreshToken)), 'ok');
    assert.equal(code(await w.refresh(first.refreshToken)), 'refresh_replayed');
  });

  it('of 64 callers with one token gives all of them one successor', async (t) => {
    const w = await world(t);
    const { refreshToken } = given(await w.open());
    const pairs = await Promise.all(Array.from({ length: 64 }, () => w.refresh(refreshToken)));
    assert.equal(new Set(pairs.map((pair) => given(pair).refreshToken)).size, 1);
    for (const pair of pairs) assert.equal(given(pair).grant.generation, 2);
    assert.equal((await typesOf(w, /^grant.rotated/)).length, 1);
    assert.equal((await typesOf(w, /^grant.retried/)).length, 63);
  });

  it('gives a lost answer again, in the same text, after a restart and a rotation of the key', async (t) => {
    const w = await world(t);
    const first = given(await w.open());
    const lost = given(await w.refresh(first.refreshToken));
    w.clock.setMs(sampleStartMs + windowMs - 1);
    await w.restart();
    await w.ring.rotate(renewalUse, { requestId: 'r' });
    const again = given(await w.refresh(first.refreshToken));
    assert.equal(again.refreshToken, lost.refreshToken);
    assert.equal(code(await w.refresh(again.refreshToken)), 'ok');
  });

  it('ends the session when a used token comes back after its successor was seen', async (t) => {
    const w = await world(t);
    const first = given(await w.open());
    const second = given(await w.refresh(first.refreshToken));
    assert.equal(code(await w.refresh(first.refreshToken)), 'ok');
    assert.equal(await w.check(second.accessToken), true);
    assert.equal(code(await w.refresh(first.refreshToken)), 'refresh_replayed');
    assert.equal(await w.check(second.accessToken), false);
    assert.equal(code(await w.refresh(second.refreshToken)), 'grant_revoked');
    assert.deepEqual(await typesOf(w, /replayed|refused/), [
      ['grant.refused', 'grant_revoked'],
      ['grant.replayed', 'refresh_replayed'],
    ]);
  });

  it('gives the same successor for the same idempotency key within the window, seen or not', async (t) => {
    const w = await world(t);
    const first = given(await w.open());
    const call = { idempotencyKey: 'attempt 1' };
    const second = given(await w.refresh(first.refreshToken, call));
    assert.equal(await w.check(second.accessToken), true);
    w.clock.setMs(sampleStartMs + windowMs - 1);
    assert.equal(given(await w.refresh(first.refreshToken, call)).refreshToken, second.refreshToken);
    w.clock.setMs(sampleStartMs + windowMs);
    assert.equal(code(await w.refresh(first.refreshToken, call)), 'refresh_replayed');
  });

  it('keeps no idempotency key as it was sent', async (t) => {
    const w = await world(t);
    const first = given(await w.open());
    const { grant } = given(await w.refresh(first.refreshToken, { idempotencyKey: 'attempt 1' }));
    assert.match(grant.idempotencyKeyHash ?? '', /^[0-9a-f]{32}$/);
  });

  it('is refused under another binding, and the session lives on', async (t) => {
    const w = await world(t);
    const { refreshToken } = given(await w.open());
    for (const binding of ['other', undefined]) {
      assert.equal(code(await w.refresh(refreshToken, { binding })), 'binding_mismatch');
    }
    assert.equal(code(await w.refresh(refreshToken)), 'ok');
  });

  it('is refused to a disabled user, who may go on once enabled again', async (t) => {
    const w = await world(t);
    const { refreshToken } = given(await w.open());
    const set = async (status: 'enabled' | 'disabled') => {
      await w.store.setUser('t', 'alice', { status }, { ...w.context(), atMs: 1, type: 'user.changed' });
      w.people.forget();
    };
    await set('disabled');
    assert.equal(code(await w.refresh(refreshToken)), 'grant_suspended');
    await set('enabled');
    assert.equal(code(await w.refresh(refreshToken)), 'ok');
    assert.deepEqual(await typesOf(w, /refused/), [['grant.refused', 'grant_suspended']]);
  });

  it('is refused in another dialect', async (t) => {
    const w = await world(t);
    const { refreshToken } = given(await w.open());
    assert.equal(code(await w.refresh(refreshToken, {}, { name: 'other' })), 'grant_foreign');
    assert.equal(code(await w.refresh(refreshToken)), 'ok');
  });

  it('with garbage asks no store', async (t) => {
    const w = await world(t);
    const { refreshToken } = given(await w.open());
    const store = {
      findGrant: () => assert.fail('the store was asked'),
      rotate: () => assert.fail('the store was asked'),
      appendAudit: (event: Parameters<World['store']['appendAudit']>[0]) => w.store.appendAudit(event),
    };
    const changed = refreshToken.slice(0, -1) + (refreshToken.endsWith('A') ? 'B' : 'A');
    for (const garbage of ['', 'x', changed, 'x'.repeat(100_000)]) {
      assert.equal(code(await w.refresh(garbage, {}, {}, { store })), 'credential_invalid');
    }
    assert.equal((await typesOf(w, /refused/)).length, 4);
  });

  it('is temporarily unavailable where the store cannot read or write, never refused', async (t) => {
    const w = await world(t);
    const { refreshToken } = given(await w.open());
    const gone = () => Promise.reject(new StoreUnavailable('the disk is full'));
    const { store } = w;
    const healthy = {
      findGrant: store.findGrant,
      rotate: store.rotate,
      appendAudit: store.appendAudit,
    };
    for (const broken of [{ findGrant: gone }, { rotate: gone }, { findGrant: gone, appendAudit: gone }]) {
      const answer = await w.refresh(refreshToken, {}, {}, { store: { ...healthy, ...broken } });
      assert.equal(code(answer), 'temporarily_unavailable');
    }
    assert.equal(
      code(await w.refresh(refreshToken, {}, {}, { people: { standing: gone } })),
      'temporarily_unavailable',
    );
    assert.equal(code(await w.refresh(refreshToken)), 'ok');
  });

  it('writes no token and no idempotency key to the log', async (t) => {
    const w = await world(t);
    const first = given(await w.open());
    const second = given(await w.refresh(first.refreshToken, { idempotencyKey: 'attempt 1' }));
    await w.refresh(first.refreshToken, { idempotencyKey: 'attempt 2', binding: 'other' });
    const log = JSON.stringify(await w.events());
    for (const secret of [first, second].flatMap((pair) => [pair.accessToken, pair.refreshToken])) {
      assert.ok(!log.includes(secret));
    }
    assert.ok(!log.includes('attempt'));
  });
});
