import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import golden from '../../../../wire/src/pds/golden/access-token.json' with { type: 'json' };
import type { Grant } from '../../core/grant.ts';
import { accessTokenTimes } from '../../core/renewal.ts';
import { unixSeconds } from '../../core/time.ts';
import { sampleGrant, sampleNowMs, sampleUser } from './call.sample.ts';
import { accessTokenFormat } from './formats.ts';
import { pdsDefaults } from './options.ts';

const format = accessTokenFormat(pdsDefaults);
const nowSeconds = unixSeconds(sampleNowMs);

const encode = (change: Partial<Grant> = {}, user = sampleUser) => {
  const grant = { ...sampleGrant, ...change };
  return format.encode(grant, accessTokenTimes(grant, sampleNowMs), user);
};
const payload = (change: Partial<Grant> = {}, user = sampleUser) => JSON.parse(encode(change, user).payload);

suite('the access token', () => {
  test('is this text, to the byte', () => {
    const { header, payload } = encode();
    assert.equal(header, '{"alg":"RS256","typ":"JWT"}');
    assert.equal(
      payload,
      '{"userId":"u-1","customJson":"{\\"clientId\\":\\"25dzX3vbYqktVxyX\\",\\"domainId\\":\\"bj29\\",\\"scope\\":[' +
        '\\"DRIVE.ALL\\",\\"SHARE.ALL\\",\\"FILE.ALL\\",\\"USER.ALL\\",\\"VIEW.ALL\\",\\"STORAGE.ALL\\",' +
        '\\"STORAGEFILE.LIST\\",\\"BATCH\\",\\"OAUTH.ALL\\",\\"IMAGE.ALL\\",\\"INVITE.ALL\\",\\"ACCOUNT.ALL\\"],' +
        '\\"role\\":\\"user\\",\\"ref\\":\\"017fab84-91bd-4abc-8def-0123456789ab\\",\\"device_id\\":\\"\\",' +
        '\\"generation\\":3}","exp":1647851661,"iat":1647844401}',
    );
  });

  test('lives as long as the printed sample: 60 s longer than expires_in says', () => {
    const { exp, iat } = payload();
    assert.equal(exp - iat, golden.lifetimeSeconds);
    assert.equal(golden.lifetimeSeconds, pdsDefaults.accessTokenLifetimeSeconds + pdsDefaults.accessTokenGraceSeconds);
  });

  test('never outlives its session, grace included', () => {
    for (const seconds of [7199, 7200, 7259]) {
      assert.equal(payload({ expiresAtMs: (nowSeconds + seconds) * 1000 }).exp, nowSeconds + seconds);
      assert.equal(payload({ renewByMs: (nowSeconds + seconds) * 1000 }).exp, nowSeconds + seconds);
    }
    assert.equal(payload({ expiresAtMs: (nowSeconds + 7261) * 1000 }).exp, nowSeconds + 7260);
  });

  test('carries the scopes of its session, or the default ones', () => {
    assert.deepEqual(JSON.parse(payload({ scope: 'FILE.ALL DRIVE.ALL' }).customJson).scope, ['FILE.ALL', 'DRIVE.ALL']);
    assert.deepEqual(JSON.parse(payload().customJson).scope, golden.scope);
  });

  test('carries the role of its user', () => {
    assert.equal(JSON.parse(payload({}, { ...sampleUser, role: 'superadmin' }).customJson).role, 'superadmin');
  });

  test('is read again as what it says', () => {
    assert.deepEqual(format.read(payload({ scope: 'FILE.ALL' })), {
      grantId: sampleGrant.id,
      issuedAtMs: nowSeconds * 1000,
      expiresAtMs: (nowSeconds + 7260) * 1000,
      generation: 3,
      role: 'user',
      scope: 'FILE.ALL',
    });
  });

  for (const [rule, change] of [
    ['no customJson', { customJson: undefined }],
    ['customJson that is no JSON', { customJson: '{' }],
    ['a ref that is no grant id', { customJson: payload().customJson.replace(sampleGrant.id, 'a5a1ebad') }],
    ['no exp', { exp: undefined }],
  ] as const) {
    test(`${rule}: none of ours`, () => assert.equal(format.read({ ...payload(), ...change }), undefined));
  }
});
