/** One-time codes as they leave the login, through HTTP. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { authorize } from '../harness/login.ts';
import { jsonOf, pkce } from '../harness/oauth.ts';
import { alice, type LoginBench, openLogin } from './bench.ts';

const codeOf = async (bench: LoginBench): Promise<string> =>
  (await authorize(bench.browser(), bench.address(), alice)).parameters.code ?? '';

describe('a code', () => {
  it('gives tokens once, of however many that ask at once, and a replay ends them', async () => {
    await using bench = await openLogin();
    const code = await codeOf(bench);
    const answers = await Promise.all(Array.from({ length: 64 }, () => bench.redeem(code)));
    const [winner, ...others] = answers.filter(({ status }) => status === 200);
    assert.ok(winner);
    assert.deepEqual(others, []);
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      assert.equal(answer.status, 400);
      assert.equal(jsonOf(answer).error, 'invalid_grant');
    }
    assert.equal((await bench.audit('grant.issued')).length, 1);
    const refresh = { grant_type: 'refresh_token', refresh_token: String(jsonOf(winner).refresh_token) };
    assert.equal(jsonOf(await bench.redeem('', refresh)).error, 'invalid_grant');
  });

  it('is another one each time, and none is kept but as its hash', async () => {
    await using bench = await openLogin();
    const browser = bench.browser();
    const codes = new Set<string>();
    for (let at = 0; at < 5; at++) codes.add((await authorize(browser, bench.address(), alice)).parameters.code ?? '');
    assert.equal(codes.size, 5);
    const log = JSON.stringify(await bench.audit());
    for (const code of codes) assert.ok(!log.includes(code));
  });

  it('is over at the end of its lifetime', async () => {
    await using bench = await openLogin({ 'oauth.codeLifetimeSeconds': '60' });
    const [early, late] = [await codeOf(bench), await codeOf(bench)];
    bench.clock.set(bench.clock.nowMs() + 60_000 - 1);
    assert.equal((await bench.redeem(early)).status, 200);
    bench.clock.set(bench.clock.nowMs() + 1);
    assert.equal(jsonOf(await bench.redeem(late)).error, 'invalid_grant');
  });

  it('is bound to the challenge of its request', async () => {
    await using bench = await openLogin();
    const code = await codeOf(bench);
    assert.equal((await bench.redeem(code, { code_verifier: pkce().verifier })).status, 400);
    assert.equal((await bench.redeem(code)).status, 200);
  });

  it('of a user who was disabled since is worth nothing', async () => {
    await using bench = await openLogin();
    const code = await codeOf(bench);
    const { store, people } = bench.parts;
    await store.setUser('acme', 'u-alice', { status: 'disabled' }, { atMs: 0, type: 'user.changed', requestId: 'x' });
    people.forget();
    assert.equal(jsonOf(await bench.redeem(code)).error, 'invalid_grant');
  });
});
