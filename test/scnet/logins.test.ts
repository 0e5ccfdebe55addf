/** Who gets in: time windows, replays, names of every kind, wrong proofs, and those who were disabled. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { claimsOf, dataOf, openScnet, refusalOf } from '../harness/scnet.ts';

const userPath = '/users/scnetdemo/11655048541';
const badPassword = '10008 auth_fail';
const badSignature = '10009 AK/SK签名校验失败';
const isIn = (answer: { readonly body: string }): boolean => answer.body.includes('"code":"0"');

describe('the timestamp of an AK/SK login', () => {
  for (const [offsetSeconds, accepted] of [
    [-301, false],
    [-300, true],
    [-299, true],
    [299, true],
    [300, true],
    [301, false],
  ] as const) {
    it(`may be 5 minutes off, either way: ${offsetSeconds} s is ${accepted ? '' : 'not '}accepted`, async () => {
      await using scnet = await openScnet({ clock: '2025-12-01T13:59:51.000Z' });
      const answer = await scnet.accessKeyLogin({ timestamp: scnet.nowMs() / 1000 + offsetSeconds });
      if (accepted) dataOf(answer);
      else assert.equal(refusalOf(answer), '10009 时间戳已失效');
    });
  }

  it('has the window that is set, to the millisecond', async () => {
    await using scnet = await openScnet({ config: { 'scnet.timestampWindowSeconds': '10' } });
    const timestamp = Math.floor(scnet.nowMs() / 1000);
    for (const [offsetMs, accepted] of [
      [10_000, true],
      [10_001, false],
      [-10_000, true],
      [-10_001, false],
    ] as const) {
      scnet.emulator.clock.set(timestamp * 1000 + offsetMs);
      assert.equal(isIn(await scnet.accessKeyLogin({ timestamp })), accepted, String(offsetMs));
    }
  });
});

describe('an AK/SK login that is sent again', () => {
  it('is accepted while its timestamp holds: two logins of one second are the same bytes', async () => {
    await using scnet = await openScnet();
    const timestamp = Math.floor(scnet.nowMs() / 1000);
    for (const offsetSeconds of [0, 1, 299]) {
      scnet.emulator.clock.set((timestamp + offsetSeconds) * 1000);
      dataOf(await scnet.accessKeyLogin({ timestamp }));
    }
  });

  it('is refused to the end of its time where replays are, in whatever case its signature is written', async () => {
    await using scnet = await openScnet({ config: { 'scnet.replay': 'refuse' } });
    const timestamp = Math.floor(scnet.nowMs() / 1000);
    dataOf(await scnet.accessKeyLogin({ timestamp }));
    for (const offsetSeconds of [0, 1, 300]) {
      scnet.emulator.clock.set((timestamp + offsetSeconds) * 1000);
      assert.equal(refusalOf(await scnet.accessKeyLogin({ timestamp })), '10009 请求已使用');
    }
    scnet.emulator.clock.set((timestamp + 301) * 1000);
    assert.equal(refusalOf(await scnet.accessKeyLogin({ timestamp })), '10009 时间戳已失效');
    dataOf(await scnet.accessKeyLogin({ timestamp: timestamp + 301 }));
  });

  it('lets one of 32 in that come at once', async () => {
    await using scnet = await openScnet({ config: { 'scnet.replay': 'refuse' } });
    const answers = await Promise.all(Array.from({ length: 32 }, () => scnet.accessKeyLogin()));
    assert.equal(answers.filter(isIn).length, 1);
  });

  it('uses nothing up where it was refused for something else', async () => {
    await using scnet = await openScnet({ config: { 'scnet.replay': 'refuse' } });
    await scnet.admin('PATCH', userPath, { loginName: 'renamed' });
    assert.equal(refusalOf(await scnet.accessKeyLogin()), '10009 用户不存在');
    await scnet.admin('PATCH', userPath, { loginName: 'demo' });
    dataOf(await scnet.accessKeyLogin());
  });
});

describe('a name', () => {
  const names = ['张三', 'a"b\\c', '名"字\\', "O'Brien", 'café', 'a b', '{"user":"x"}', '100%', '😀', 'ａｂｃ'];
  for (const name of names) {
    it(`is taken as it is by both logins, and stands so in the token: ${name}`, async () => {
      await using scnet = await openScnet();
      await scnet.admin('PATCH', userPath, { loginName: name });
      const byPassword = await scnet.tokens(scnet.passwordLogin({ user: name }));
      const bySignature = await scnet.tokens(scnet.accessKeyLogin({ user: name }));
      for (const token of [byPassword[11112], bySignature[11112]]) {
        assert.equal(claimsOf(token ?? '').user, name);
        assert.equal(dataOf(await scnet.state(token ?? '')), 'token is valid');
      }
    });
  }

  it('in another Unicode spelling is the same, and the signature covers what was sent', async () => {
    await using scnet = await openScnet();
    await scnet.admin('PATCH', userPath, { loginName: 'café' });
    dataOf(await scnet.accessKeyLogin({ user: 'cafe\u0301' }));
    dataOf(await scnet.passwordLogin({ user: 'cafe\u0301' }));
  });

  it('may be the user’s id', async () => {
    await using scnet = await openScnet();
    dataOf(await scnet.accessKeyLogin({ user: '11655048541' }));
    dataOf(await scnet.passwordLogin({ user: '11655048541' }));
  });
});

describe('a password login that is refused', () => {
  it('says the same of a wrong password, an unknown user and a wrong organisation', async () => {
    await using scnet = await openScnet();
    const other = await scnet.admin('POST', '/clients', {
      tenant: '1234567890123456',
      dialect: 'scnet',
      type: 'organisation',
      name: 'Another tenant’s',
    });
    assert.match(String(other.id), /^[0-9a-f]{32}$/);
    const answers = [
      await scnet.passwordLogin({ password: 'wrong' }),
      await scnet.passwordLogin({ user: 'nobody' }),
      await scnet.passwordLogin({ orgId: 'f'.repeat(32) }),
      await scnet.passwordLogin({ orgId: scnet.demo.orgId.toUpperCase() }),
      await scnet.passwordLogin({ orgId: String(other.id) }),
      await scnet.passwordLogin({ orgId: scnet.emulator.description.oauth.resourceServer.clientId }),
    ];
    for (const answer of answers) assert.equal(answer.body, answers[0]?.body);
    assert.equal(answers[0]?.body, '{"msg":"auth_fail","code":"10008","data":null}');
    const { rows } = await scnet.admin('GET', '/audit?type=login.refused');
    const told = (rows as { reason: string; actor: string | null }[]).map(({ reason, actor }) => [reason, actor]);
    const { orgId } = scnet.demo;
    // Newest first: the audit log knows what it was.
    assert.deepEqual(told, [
      ['client_unknown', null],
      // Over there somebody else is called so.
      ['password_wrong', other.id],
      ['client_unknown', null],
      ['client_unknown', null],
      ['user_unknown', orgId],
      ['password_wrong', orgId],
    ]);
  });

  it('says the same of a user, a tenant and an organisation that are disabled', async () => {
    for (const path of [userPath, '/tenants/scnetdemo', '/clients/ORG']) {
      await using scnet = await openScnet();
      const at = path.replace('ORG', scnet.demo.orgId);
      await scnet.admin('PATCH', at, { status: 'disabled' });
      assert.equal(refusalOf(await scnet.passwordLogin()), badPassword, path);
      await scnet.admin('PATCH', at, { status: 'enabled' });
      dataOf(await scnet.passwordLogin());
    }
  });

  it('is counted as at the login page: too many, and nobody looks at the password any more', async () => {
    await using scnet = await openScnet();
    for (let count = 0; count < 4; count++) {
      assert.equal(refusalOf(await scnet.passwordLogin({ password: 'wrong' })), badPassword);
    }
    const blocked = await scnet.passwordLogin();
    assert.equal(refusalOf(blocked), '429 Too Many Requests');
    assert.equal(blocked.headers['retry-after'], '1');
    // The key of the same user is none of its business.
    dataOf(await scnet.accessKeyLogin());
    scnet.emulator.clock.advance(1);
    dataOf(await scnet.passwordLogin());
  });

  it('slows a name down that does not exist, and one of an organisation that does not, alike', async () => {
    await using scnet = await openScnet();
    for (const change of [{ user: 'nobody' }, { orgId: 'e'.repeat(32) }]) {
      for (let count = 0; count < 4; count++) assert.equal(refusalOf(await scnet.passwordLogin(change)), badPassword);
      assert.equal(refusalOf(await scnet.passwordLogin(change)), '429 Too Many Requests');
    }
  });
});

describe('an AK/SK login that is refused', () => {
  it('is told from another by its words, where the caller holds the secret or names no key of ours', async () => {
    await using scnet = await openScnet();
    await scnet.admin('POST', '/users', { tenant: 'scnetdemo', id: 'bob', name: 'Bob' });
    const sls = scnet.emulator.description.sls;
    assert.equal(refusalOf(await scnet.accessKeyLogin({ accessKey: 'f'.repeat(32) })), '10009 AccessKey不存在');
    assert.equal(refusalOf(await scnet.accessKeyLogin({ user: 'bob' })), '10009 AccessKey非本人所有');
    assert.equal(refusalOf(await scnet.accessKeyLogin({ user: 'nobody' })), '10009 用户不存在');
    assert.equal(refusalOf(await scnet.accessKeyLogin({ secretKey: 'wrong' })), badSignature);
    // Without the secret nobody learns who is there.
    assert.equal(refusalOf(await scnet.accessKeyLogin({ secretKey: 'wrong', user: 'nobody' })), badSignature);
    assert.equal(refusalOf(await scnet.accessKeyLogin({ secretKey: 'wrong', user: 'bob' })), badSignature);
    // Signed for one user, sent for another.
    const timestamp = Math.floor(scnet.nowMs() / 1000);
    const signature = 'f'.repeat(64);
    assert.equal(refusalOf(await scnet.accessKeyLogin({ timestamp, signature })), badSignature);
    // Temporary credentials have a token that this login has no place for.
    const { accessKeyId, accessKeySecret } = sls.temporary;
    const temporary = { accessKey: accessKeyId, secretKey: accessKeySecret };
    assert.equal(refusalOf(await scnet.accessKeyLogin(temporary)), badSignature);
  });

  it('is refused as a wrong signature where the user, the tenant or the key is disabled', async () => {
    for (const path of [userPath, '/tenants/scnetdemo', '/accesskeys/KEY']) {
      await using scnet = await openScnet();
      const at = path.replace('KEY', scnet.demo.accessKey);
      await scnet.admin('PATCH', at, { status: 'disabled' });
      assert.equal(refusalOf(await scnet.accessKeyLogin()), badSignature, path);
      await scnet.admin('PATCH', at, { status: 'enabled' });
      dataOf(await scnet.accessKeyLogin());
    }
  });

  it('is refused by the gateway beyond the rate that is set for a key', async () => {
    await using scnet = await openScnet({ config: { 'limits.requestsPerSecondPerAccessKey': '2' } });
    for (let count = 0; count < 2; count++) dataOf(await scnet.accessKeyLogin());
    const beyond = await scnet.accessKeyLogin();
    assert.equal(refusalOf(beyond), '429 Too Many Requests');
    assert.equal(beyond.headers['retry-after'], '1');
    scnet.emulator.clock.advance(1);
    dataOf(await scnet.accessKeyLogin());
  });

  it('needs no organisation, but names the tenant’s where there is one that is enabled', async () => {
    await using scnet = await openScnet();
    const { orgId } = scnet.demo;
    await scnet.admin('PATCH', `/clients/${orgId}`, { status: 'disabled' });
    const { 11112: without = '' } = await scnet.tokens(scnet.accessKeyLogin());
    assert.equal(claimsOf(without).invoker, '');
    assert.equal(dataOf(await scnet.state(without)), 'token is valid');
    const asked = { tenant: 'scnetdemo', dialect: 'scnet', type: 'organisation', name: 'Another' };
    const { id } = await scnet.admin('POST', '/clients', asked);
    const { 11112: other = '' } = await scnet.tokens(scnet.accessKeyLogin());
    assert.equal(claimsOf(other).invoker, id);
  });
});

describe('an organisation', () => {
  it('belongs to one tenant, and has neither secret, key nor redirect URI', async () => {
    await using scnet = await openScnet();
    const asked = { tenant: 'scnetdemo', dialect: 'scnet', type: 'organisation', name: 'Third party' };
    const made = await scnet.admin('POST', '/clients', asked);
    assert.deepEqual([made.secret, made.privateKeyPem, made.authentication], [null, null, 'none']);
    const { user, password } = scnet.demo;
    dataOf(await scnet.passwordLogin({ user, password, orgId: String(made.id) }));
    for (const change of [
      { tenant: '*' },
      { redirectUris: ['https://a.example'] },
      { publicKey: 'x' },
      { authentication: 'client_secret' },
    ]) {
      await assert.rejects(scnet.admin('POST', '/clients', { ...asked, ...change }), /answered 400/);
    }
  });
});
