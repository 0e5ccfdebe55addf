import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import tokens from '../../../../wire/src/scnet/golden/tokens.json' with { type: 'json' };
import { sampleGrant, sampleMembership, sampleNowMs, sampleUser } from './call.sample.ts';
import { tokenFormat } from './formats.ts';

const format = tokenFormat({ platformClusterIdClaim: '0' });
const times = { issuedAtMs: sampleNowMs, expiresAtMs: sampleNowMs + 86_400_001 };
const { account } = sampleMembership;
const payloadOf = (change: Parameters<typeof format.encode>[3] = account, used = format) =>
  JSON.parse(used.encode(sampleGrant, times, sampleUser, change).payload);

describe('the token of a region', () => {
  it('has the documented claims in their order, ours behind them, and all of them texts', () => {
    const { header, payload } = format.encode(sampleGrant, times, sampleUser, account);
    assert.equal(header, '{"alg":"HS256","typ":"JWT"}');
    assert.equal(
      payload,
      '{"computeUser":"act0001","accountStatus":"Normal","creator":"ac","role":"1","expireTime":"1764683991790",' +
        '"clusterId":"11112","invoker":"6048ce7ba15c2af2e8cec12991ec13cf","user":"bob","userId":"11655048541",' +
        '"grantId":"01938f2a-1234-4abc-8def-0123456789ab","generation":"0"}',
    );
    assert.ok(Object.values(JSON.parse(payload)).every((value) => typeof value === 'string'));
  });

  it('tells of itself what it holds, and not when it was made', () => {
    assert.deepEqual(format.read(payloadOf()), {
      grantId: sampleGrant.id,
      issuedAtMs: undefined,
      expiresAtMs: times.expiresAtMs,
      generation: 0,
    });
  });

  it('names the user by the login name, or by the id where there is none', () => {
    const { payload } = format.encode(sampleGrant, times, { ...sampleUser, loginName: undefined }, account);
    assert.equal(JSON.parse(payload).user, sampleUser.id);
  });

  it('has an empty invoker where no organisation stands behind it', () => {
    const { payload } = format.encode({ ...sampleGrant, clientId: undefined }, times, sampleUser, account);
    assert.equal(JSON.parse(payload).invoker, '');
  });

  it('of the platform has the cluster id that is set for it', () => {
    const platform = { ...account, regionId: '0', account: 'root' };
    assert.equal(payloadOf(platform).clusterId, '0');
    assert.equal(payloadOf(platform, tokenFormat({ platformClusterIdClaim: '11125' })).clusterId, '11125');
    assert.equal(payloadOf(account, tokenFormat({ platformClusterIdClaim: '11125' })).clusterId, '11112');
  });

  it('is made of nobody’s grant and of no account never', () => {
    assert.throws(() => format.encode(sampleGrant, times, undefined, account), TypeError);
    assert.throws(() => format.encode(sampleGrant, times, sampleUser), TypeError);
  });

  it('of the vendor is not ours, whoever signed it', () => {
    assert.ok(tokens.printed.length > 0);
    for (const { payload } of tokens.printed) assert.equal(format.read(JSON.parse(payload)), undefined);
  });

  for (const change of [
    { grantId: 'x' },
    { grantId: 7 },
    { generation: 0 },
    { generation: '00' },
    { generation: '-1' },
    { expireTime: 1 },
    { expireTime: '1.5' },
    { user: null },
    { userId: 1 },
    { role: undefined },
  ]) {
    it(`is none with ${JSON.stringify(change)}`, () => {
      assert.equal(format.read({ ...payloadOf(), ...change }), undefined);
    });
  }
});
