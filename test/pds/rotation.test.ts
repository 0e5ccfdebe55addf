/** Rotation over HTTP: parallel callers, lost answers, replays. What the table of rotation promises, as an application meets it. */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { paths } from '@hufu/wire/pds';
import { claimsOf, customOf, openPds, type PdsBench, refusalOf, type Token, tokenOf } from '../harness/pds.ts';

const badToken = '400 InvalidParameter.RefreshToken';

const grantOf = (pds: PdsBench, token: Token) => pds.admin('GET', `/grants/${customOf(token.access_token).ref}`);

const eventsOf = async (pds: PdsBench, token: Token): Promise<{ type: string; reason: string | undefined }[]> => {
  const { rows } = await pds.admin('GET', `/audit?grantId=${customOf(token.access_token).ref}`);
  return (rows as { type: string; reason?: string }[]).map(({ type, reason }) => ({ type, reason }));
};

/** The server decides and writes; its answer is lost on the way. */
async function loseAnswer(pds: PdsBench, refreshToken: string): Promise<void> {
  pds.emulator.faults.add({ path: paths.accountToken, when: 'after-commit', do: 'drop', times: 1 });
  await assert.rejects(pds.refresh(refreshToken), /socket hang up|ECONNRESET/);
}

describe('64 parallel refreshes with one refresh token', () => {
  it('are answered alike: one successor, one rotation', async () => {
    await using pds = await openPds();
    const old = await pds.userToken();
    const answers = await Promise.all(Array.from({ length: 64 }, () => pds.refresh(old.refresh_token)));
    const tokens = answers.map(tokenOf);
    assert.equal(new Set(tokens.map(({ refresh_token }) => refresh_token)).size, 1);
    assert.notEqual(tokens[0]?.refresh_token, old.refresh_token);
    assert.equal((await grantOf(pds, old)).generation, 2);
    const kinds = (await eventsOf(pds, old)).map(({ type }) => type);
    const count = (type: string) => kinds.filter((kind) => kind === type).length;
    assert.deepEqual([count('grant.rotated'), count('grant.retried')], [1, 63]);
    const checks = await Promise.all(tokens.slice(0, 4).map(({ access_token }) => pds.introspect(access_token)));
    assert.ok(checks.every(({ active }) => active === true));
  });
});

describe('a refresh whose answer was lost', () => {
  it('gets the same successor when it is sent again, as the SDK does', async () => {
    await using pds = await openPds();
    const old = await pds.userToken();
    await loseAnswer(pds, old.refresh_token);
    assert.equal((await grantOf(pds, old)).generation, 2);
    pds.emulator.clock.advance(1);
    const retried = tokenOf(await pds.refresh(old.refresh_token));
    const again = tokenOf(await pds.refresh(old.refresh_token));
    assert.equal(again.refresh_token, retried.refresh_token);
    assert.equal((await grantOf(pds, old)).generation, 2);
    assert.equal(claimsOf(retried.access_token).iat, pds.nowSeconds());
    tokenOf(await pds.refresh(retried.refresh_token));
  });

  for (const [rule, seconds, expected] of [
    ['a second before the window ends', 59, 200],
    ['when the window has ended', 60, 400],
  ] as const) {
    it(`is ${expected === 200 ? 'a retry' : 'a replay'} ${rule}`, async () => {
      await using pds = await openPds();
      const old = await pds.userToken();
      await loseAnswer(pds, old.refresh_token);
      pds.emulator.clock.advance(seconds);
      assert.equal((await pds.refresh(old.refresh_token)).status, expected);
    });
  }

  it('has no second chance where the window is 0', async () => {
    await using pds = await openPds({ config: { 'pds.retryWindowSeconds': '0' } });
    const old = await pds.userToken();
    await loseAnswer(pds, old.refresh_token);
    assert.equal(refusalOf(await pds.refresh(old.refresh_token)), badToken);
  });

  it('has the window of its application where that has one of its own', async () => {
    await using pds = await openPds();
    const client = `/clients/${pds.demo.jwtApp.clientId}`;
    await pds.admin('PATCH', client, { rotation: { retryWindowSeconds: 600 } });
    const old = await pds.userToken();
    await loseAnswer(pds, old.refresh_token);
    pds.emulator.clock.advance(599);
    tokenOf(await pds.refresh(old.refresh_token));
  });

  it('needs the same application for its second chance', async () => {
    await using pds = await openPds();
    const old = await pds.userToken();
    await loseAnswer(pds, old.refresh_token);
    const asked = { tenant: pds.demo.domainId, dialect: 'pds', type: 'JWT', name: 'Another' };
    const { id } = await pds.admin('POST', '/clients', asked);
    const body = { app_id: id, refresh_token: old.refresh_token, grant_type: 'refresh_token' };
    assert.equal(refusalOf(await pds.json(paths.accountToken, body)), badToken);
  });
});

describe('a refresh token that was used before', () => {
  it('ends the session once its successor was used, and the log says why', async () => {
    await using pds = await openPds();
    const old = await pds.userToken();
    const second = tokenOf(await pds.refresh(old.refresh_token));
    const third = tokenOf(await pds.refresh(second.refresh_token));
    assert.equal(refusalOf(await pds.refresh(old.refresh_token)), badToken);
    assert.equal(refusalOf(await pds.refresh(third.refresh_token)), badToken);
    assert.deepEqual(await pds.introspect(third.access_token), { active: false });
    assert.equal((await grantOf(pds, old)).state, 'revoked');
    assert.ok((await eventsOf(pds, old)).some(({ reason }) => reason === 'refresh_replayed'));
  });

  it('ends the session once an access token of its successor was checked', async () => {
    await using pds = await openPds();
    const old = await pds.userToken();
    const fresh = tokenOf(await pds.refresh(old.refresh_token));
    assert.equal((await pds.introspect(fresh.access_token)).active, true);
    assert.equal(refusalOf(await pds.refresh(old.refresh_token)), badToken);
    assert.equal(refusalOf(await pds.refresh(fresh.refresh_token)), badToken);
  });

  it('is the same attempt under the same idempotency key', async () => {
    await using pds = await openPds();
    const old = await pds.userToken();
    const key = { 'idempotency-key': 'attempt-1' };
    const fresh = tokenOf(await pds.refresh(old.refresh_token, key));
    assert.equal((await pds.introspect(fresh.access_token)).active, true);
    assert.equal(tokenOf(await pds.refresh(old.refresh_token, key)).refresh_token, fresh.refresh_token);
    tokenOf(await pds.refresh(fresh.refresh_token));
  });

  it('is answered like any other that is not taken, but for the request id', async () => {
    await using pds = await openPds();
    const old = await pds.userToken();
    tokenOf(await pds.refresh(tokenOf(await pds.refresh(old.refresh_token)).refresh_token));
    const answers = [await pds.refresh(old.refresh_token), await pds.refresh('garbage')];
    const shapes = answers.map(({ status, headers, body }) => {
      const id = String(headers['x-ca-request-id']);
      return JSON.stringify([status, { ...headers, 'x-ca-request-id': '' }, body.replace(id, '')]);
    });
    assert.equal(shapes[0], shapes[1]);
  });
});

describe('a session of a server that was started again', () => {
  it('goes on, and its old refresh token stays used', async () => {
    const data = await mkdtemp(join(tmpdir(), 'hufu-test-'));
    try {
      let old: Token;
      let fresh: Token;
      {
        await using pds = await openPds({ data });
        old = await pds.userToken();
        fresh = tokenOf(await pds.refresh(tokenOf(await pds.refresh(old.refresh_token)).refresh_token));
      }
      await using pds = await openPds({ data });
      assert.equal((await pds.introspect(fresh.access_token)).active, true);
      fresh = tokenOf(await pds.refresh(fresh.refresh_token));
      assert.equal(refusalOf(await pds.refresh(old.refresh_token)), badToken);
      assert.equal(refusalOf(await pds.refresh(fresh.refresh_token)), badToken);
    } finally {
      await rm(data, { recursive: true, force: true });
    }
  });
});
