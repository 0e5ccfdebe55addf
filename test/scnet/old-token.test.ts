/** What becomes of a token that was renewed: it stays by default; where it ends, it does so once for all, and retries are honest. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '@hufu/wire/scnet';
import { badToken, claimsOf, dataOf, openScnet, refusalOf, renewedOf, type ScnetBench } from '../harness/scnet.ts';

const ending = (config: Record<string, string> = {}) => openScnet({ config: { 'scnet.oldToken': 'end', ...config } });

const grantOf = (scnet: ScnetBench, token: string) => scnet.admin('GET', `/grants/${claimsOf(token).grantId}`);

async function renewAtOnce(scnet: ScnetBench, token: string, count: number): Promise<string[]> {
  return (await Promise.all(Array.from({ length: count }, () => scnet.renew(token)))).map(renewedOf);
}

/** The answer of the next renewal is lost on its way; the renewal is made all the same. */
async function loseRenewal(scnet: ScnetBench, token: string): Promise<void> {
  const fault = { path: operations.renew.path, when: 'after-commit', do: 'drop', times: 1 };
  await scnet.admin('POST', '/dev/faults', fault);
  await assert.rejects(scnet.renew(token));
}

describe('where old tokens are kept', () => {
  it('64 renewals at once give 64 tokens that are all good, and the old one with them', async () => {
    await using scnet = await openScnet();
    const token = await scnet.token();
    const renewed = await renewAtOnce(scnet, token, 64);
    for (const one of new Set([token, ...renewed])) assert.equal(dataOf(await scnet.state(one)), 'token is valid');
    assert.equal((await grantOf(scnet, token)).useCount, 64);
  });

  it('a lost answer costs nothing', async () => {
    await using scnet = await openScnet();
    const token = await scnet.token();
    await loseRenewal(scnet, token);
    renewedOf(await scnet.renew(token));
  });
});

describe('where old tokens end', () => {
  it('a renewal ends the token before it at once, and its successor says which one it is', async () => {
    await using scnet = await ending();
    const first = await scnet.token();
    const second = renewedOf(await scnet.renew(first));
    assert.deepEqual([claimsOf(first).generation, claimsOf(second).generation], ['0', '1']);
    for (const call of [scnet.state, scnet.center, scnet.user]) assert.equal(refusalOf(await call(first)), badToken);
    assert.deepEqual(await scnet.introspect(first), { active: false });
    assert.equal(dataOf(await scnet.state(second)), 'token is valid');
    assert.equal((await scnet.introspect(second)).active, true);
  });

  it('64 renewals at once give one successor, to the letter', async () => {
    await using scnet = await ending();
    // The clock runs: each answer is made at an instant of its own.
    scnet.emulator.clock.run();
    const token = await scnet.token();
    const renewed = new Set(await renewAtOnce(scnet, token, 64));
    assert.equal(renewed.size, 1);
    const [successor = ''] = renewed;
    assert.equal((await grantOf(scnet, token)).generation, 1);
    assert.equal(dataOf(await scnet.state(successor)), 'token is valid');
    const { rows } = await scnet.admin('GET', `/audit?grantId=${claimsOf(token).grantId}&limit=1000`);
    const types = (rows as { type: string }[]).map(({ type }) => type);
    assert.equal(types.filter((type) => type === 'grant.rotated').length, 1);
    assert.equal(types.filter((type) => type === 'grant.retried').length, 63);
  });

  for (const [afterSeconds, retried] of [
    [59, true],
    [60, false],
    [61, false],
  ] as const) {
    it(`a lost answer is given again within a minute: after ${afterSeconds} s it is ${retried ? '' : 'not '}`, async () => {
      await using scnet = await ending();
      const token = await scnet.token();
      await loseRenewal(scnet, token);
      scnet.emulator.clock.advance(afterSeconds);
      const answer = await scnet.renew(token);
      if (retried) assert.equal(claimsOf(renewedOf(answer)).generation, '1');
      else assert.equal(refusalOf(answer), badToken);
    });
  }

  it('a lost answer is over once its successor was seen, by whatever call', async () => {
    const sightings: readonly ((scnet: ScnetBench, token: string) => Promise<unknown>)[] = [
      (scnet, token) => scnet.state(token),
      (scnet, token) => scnet.center(token),
      (scnet, token) => scnet.introspect(token),
      (scnet, token) => scnet.renew(token),
    ];
    for (const see of sightings) {
      await using scnet = await ending();
      const token = await scnet.token();
      const successor = renewedOf(await scnet.renew(token));
      await see(scnet, successor);
      assert.equal(refusalOf(await scnet.renew(token)), badToken);
    }
  });

  it('a token that comes back too late ends the login in its region, as a stolen one would, and in no other', async () => {
    await using scnet = await ending();
    const { 11112: first = '', 11126: elsewhere = '' } = await scnet.tokens();
    const second = renewedOf(await scnet.renew(first));
    const third = renewedOf(await scnet.renew(second));
    assert.equal(refusalOf(await scnet.renew(first)), badToken);
    assert.equal(refusalOf(await scnet.state(third)), badToken);
    assert.equal(refusalOf(await scnet.renew(third)), badToken);
    assert.equal(dataOf(await scnet.state(elsewhere)), 'token is valid');
    const { rows } = await scnet.admin('GET', '/audit?type=grant.replayed');
    assert.deepEqual(
      (rows as { grantId: string }[]).map(({ grantId }) => grantId),
      [claimsOf(first).grantId],
    );
  });

  it('0 seconds allow no retry', async () => {
    await using scnet = await ending({ 'scnet.retryWindowSeconds': '0' });
    const token = await scnet.token();
    renewedOf(await scnet.renew(token));
    assert.equal(refusalOf(await scnet.renew(token)), badToken);
  });

  it('a token that has expired still renews, once', async () => {
    await using scnet = await ending();
    const first = await scnet.token();
    scnet.emulator.clock.set(Number(claimsOf(first).expireTime) + 1);
    const second = renewedOf(await scnet.renew(first));
    assert.equal(Number(claimsOf(second).expireTime), scnet.nowMs() + 86_400_000);
    assert.equal(dataOf(await scnet.state(second)), 'token is valid');
  });
});

it('a token that a renewal ended stays ended where the option is turned back', async (t) => {
  const { mkdtempSync, rmSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  const data = mkdtempSync(join(tmpdir(), 'hufu-test-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const begun = async () => {
    await using scnet = await openScnet({ data, config: { 'scnet.oldToken': 'end' } });
    const first = await scnet.token();
    return { first, second: renewedOf(await scnet.renew(first)) };
  };
  const { first, second } = await begun();
  await using scnet = await openScnet({ data });
  assert.equal(refusalOf(await scnet.state(first)), badToken);
  assert.equal(refusalOf(await scnet.renew(first)), badToken);
  assert.equal(claimsOf(renewedOf(await scnet.renew(second))).generation, '1');
});
