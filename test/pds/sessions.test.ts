/** Sessions of JWT applications: who gets one, what it holds, and what a refresh does to what came before it. */

import assert from 'node:assert/strict';
import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { describe, it } from 'node:test';
import { paths } from '@hufu/wire/pds';
import { get, jsonOf } from '../harness/oauth.ts';
import { claimsOf, customOf, openPds, type PdsBench, refusalOf, type Token, tokenOf } from '../harness/pds.ts';

const day = 86_400;
const badToken = '400 InvalidParameter.RefreshToken';

const isActive = async (pds: PdsBench, token: string): Promise<boolean> =>
  (await pds.introspect(token)).active === true;

describe('a token for a user', () => {
  it('is the whole structure, in the order of a live answer', async () => {
    await using pds = await openPds();
    const { userId, userName } = pds.demo.user;
    const answer = await pds.assert({ sub: userId });
    const token = tokenOf(answer);
    assert.deepEqual(token, {
      default_sbox_drive_id: '',
      role: 'user',
      device_id: '',
      user_name: userName,
      need_link: false,
      expire_time: '2024-10-30T05:02:45Z',
      pin_setup: false,
      need_rp_verify: false,
      avatar: '',
      user_data: {},
      token_type: 'Bearer',
      access_token: token.access_token,
      default_drive_id: '1',
      domain_id: pds.demo.domainId,
      refresh_token: token.refresh_token,
      is_first_login: true,
      user_id: userId,
      nick_name: 'Demo',
      exist_link: [],
      state: '',
      expires_in: 7200,
      status: 'enabled',
    });
    assert.match(answer.body, /^\{"default_sbox_drive_id":.*"status":"enabled"\}$/);
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.match(String(answer.headers['x-ca-request-id']), /^[0-9A-F]{24}$/);
  });

  it('has an access token that the published key checks, 60 s longer than it says', async () => {
    await using pds = await openPds();
    const { access_token } = await pds.userToken();
    const [header = '', payload = '', signature = ''] = access_token.split('.');
    assert.equal(Buffer.from(header, 'base64url').toString(), '{"alg":"RS256","typ":"JWT"}');
    const now = pds.nowSeconds();
    const { iat, exp, userId, ...rest } = claimsOf(access_token);
    assert.deepEqual([iat, exp, userId], [now, now + 7260, 'u-1']);
    assert.deepEqual(Object.keys(rest), ['customJson']);
    const { clientId, domainId, role, device_id, generation } = customOf(access_token);
    assert.deepEqual(
      [clientId, domainId, role, device_id, generation],
      [pds.demo.jwtApp.clientId, pds.demo.domainId, 'user', '', 1],
    );
    const { keys } = jsonOf(await get(`${pds.url}/.well-known/jwks.json`));
    const jwk = (keys as JsonWebKey[]).find(({ kty }) => kty === 'RSA');
    assert.ok(jwk);
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const data = Buffer.from(`${header}.${payload}`);
    assert.equal(verify('sha256', data, key, Buffer.from(signature, 'base64url')), true);
  });

  it('is the first of the user once', async () => {
    await using pds = await openPds();
    assert.equal((await pds.userToken()).is_first_login, true);
    assert.equal((await pds.userToken()).is_first_login, false);
    assert.equal((await pds.userToken('u-2')).is_first_login, true);
  });

  it('makes the user only where it says so', async () => {
    await using pds = await openPds();
    assert.equal(refusalOf(await pds.assert({ sub: 'new' })), '404 NotFound.User');
    const created = tokenOf(await pds.assert({ sub: 'new', auto_create: true }));
    assert.deepEqual([created.user_id, created.user_name, created.role], ['new', 'new', 'user']);
    assert.equal(tokenOf(await pds.assert({ sub: 'new' })).user_id, 'new');
  });

  it('tells what the directory knows of the user', async () => {
    await using pds = await openPds();
    await pds.userToken();
    const profile = {
      nickName: '小明',
      avatar: 'https://a.example/1',
      driveId: '7',
      sandboxDriveId: '8',
      userData: { a: 1 },
    };
    await pds.admin('PATCH', `/users/${pds.demo.domainId}/u-1`, { name: '用户1', profile });
    const token = await pds.userToken();
    assert.deepEqual(
      [token.user_name, token.nick_name, token.avatar, token.default_drive_id, token.default_sbox_drive_id],
      ['用户1', '小明', 'https://a.example/1', '7', '8'],
    );
    assert.deepEqual(token.user_data, { a: 1 });
  });

  it('repeats the subdomain, at each refresh too', async () => {
    await using pds = await openPds();
    const token = tokenOf(await pds.assert({ auto_create: true }, 'sub 1'));
    assert.equal(token.subdomain_id, 'sub 1');
    assert.equal((await pds.introspect(token.access_token)).aud, 'sub 1');
    assert.equal(tokenOf(await pds.refresh(token.refresh_token)).subdomain_id, 'sub 1');
  });
});

describe('a token of the service account', () => {
  it('is for the domain itself, as superadmin', async () => {
    await using pds = await openPds();
    const { domainId } = pds.demo;
    const token = tokenOf(await pds.assert({ sub_type: 'service', sub: domainId }));
    assert.deepEqual(
      [token.user_id, token.role, token.status, token.token_type],
      [domainId, 'superadmin', 'enabled', 'Bearer'],
    );
    assert.equal(customOf(token.access_token).role, 'superadmin');
    const fresh = tokenOf(await pds.refresh(token.refresh_token));
    assert.deepEqual([fresh.user_id, fresh.role], [domainId, 'superadmin']);
  });

  it('is for no other domain, and nobody gets it as a user', async () => {
    await using pds = await openPds();
    assert.equal(refusalOf(await pds.assert({ sub_type: 'service', sub: 'other' })), '400 InvalidParameter.Sub');
    for (const auto_create of [false, true]) {
      const answer = await pds.assert({ sub: pds.demo.domainId, auto_create });
      assert.equal(refusalOf(answer), '400 InvalidParameter.Sub');
    }
  });
});

describe('a refresh', () => {
  it('gives another pair, keeps the user, and ends the old access token and the old refresh token', async () => {
    await using pds = await openPds();
    const old = await pds.userToken();
    assert.equal(await isActive(pds, old.access_token), true);
    const fresh = tokenOf(await pds.refresh(old.refresh_token));
    assert.notEqual(fresh.refresh_token, old.refresh_token);
    assert.notEqual(fresh.access_token, old.access_token);
    assert.deepEqual([fresh.user_id, fresh.is_first_login], ['u-1', false]);
    assert.deepEqual(await pds.introspect(old.access_token), { active: false });
    assert.deepEqual(await pds.introspect(old.refresh_token), { active: false });
    assert.equal(await isActive(pds, fresh.access_token), true);
  });

  it('works whether or not the access token is over', async () => {
    await using pds = await openPds();
    const old = await pds.userToken();
    pds.emulator.clock.advance(7200 + 60);
    assert.equal(await isActive(pds, old.access_token), false);
    assert.equal(await isActive(pds, tokenOf(await pds.refresh(old.refresh_token)).access_token), true);
  });

  for (const [rule, seconds, active] of [
    ['a second before the 60 s of grace are over', 7259, true],
    ['when they are over', 7260, false],
  ] as const) {
    it(`access tokens are ${active ? 'good' : 'over'} ${rule}`, async () => {
      await using pds = await openPds({ clock: '2024-10-30T03:02:45Z' });
      const { access_token } = await pds.userToken();
      pds.emulator.clock.advance(seconds);
      assert.equal(await isActive(pds, access_token), active);
    });
  }

  it('is possible for 7 days, which each refresh begins anew', async () => {
    await using pds = await openPds();
    let token = await pds.userToken();
    for (let week = 0; week < 3; week++) {
      pds.emulator.clock.advance(7 * day - 1);
      token = tokenOf(await pds.refresh(token.refresh_token));
    }
    pds.emulator.clock.advance(7 * day);
    assert.equal(refusalOf(await pds.refresh(token.refresh_token)), badToken);
  });

  it('is possible for 7 days in all where the end is fixed', async () => {
    await using pds = await openPds({ config: { 'pds.renewalEnd': 'fixed' } });
    const old = await pds.userToken();
    pds.emulator.clock.advance(7 * day - 1);
    const fresh = tokenOf(await pds.refresh(old.refresh_token));
    assert.equal(fresh.expires_in, 1);
    pds.emulator.clock.advance(1);
    assert.equal(refusalOf(await pds.refresh(fresh.refresh_token)), badToken);
  });

  it('ends with the session, after 90 days', async () => {
    await using pds = await openPds();
    let token = await pds.userToken();
    for (let since = 0; since + 6 * day < 90 * day; since += 6 * day) {
      pds.emulator.clock.advance(6 * day);
      token = tokenOf(await pds.refresh(token.refresh_token));
    }
    pds.emulator.clock.advance(6 * day);
    assert.equal(refusalOf(await pds.refresh(token.refresh_token)), badToken);
  });

  it('needs the application that the token was given to', async () => {
    await using pds = await openPds();
    const { refresh_token } = await pds.userToken();
    const { id } = await pds.admin('POST', '/clients', {
      tenant: pds.demo.domainId,
      dialect: 'pds',
      type: 'JWT',
      name: 'Another',
    });
    const body = { app_id: id, refresh_token, grant_type: 'refresh_token' };
    assert.equal(refusalOf(await pds.json(paths.accountToken, body)), badToken);
    tokenOf(await pds.refresh(refresh_token));
  });

  it('is for each kind of application at its own path, unless the operator says either', async () => {
    const form = (pds: PdsBench, refresh_token: string) =>
      pds.form({ client_id: pds.demo.jwtApp.clientId, refresh_token, grant_type: 'refresh_token' });
    await using strict = await openPds();
    const refused = await form(strict, (await strict.userToken()).refresh_token);
    assert.equal(refusalOf(refused), '400 InvalidParameterNotSupported.GrantType');
    await using either = await openPds({ config: { 'pds.refreshPaths': 'either' } });
    tokenOf(await form(either, (await either.userToken()).refresh_token));
  });

  it('may go without app_id where the operator says so', async () => {
    const without = async (pds: PdsBench, refresh_token: string) =>
      pds.json(paths.accountToken, { refresh_token, grant_type: 'refresh_token' });
    await using strict = await openPds();
    const refused = await without(strict, (await strict.userToken()).refresh_token);
    assert.equal(refusalOf(refused), '400 InvalidParameterMissing.AppId');
    await using lenient = await openPds({ config: { 'pds.accountTokenAppId': 'optional' } });
    tokenOf(await without(lenient, (await lenient.userToken()).refresh_token));
    assert.equal(refusalOf(await without(lenient, 'garbage')), badToken);
  });
});

describe('several sessions of one user', () => {
  it('are listed, and end one by one', async () => {
    await using pds = await openPds();
    const tokens: Token[] = [];
    for (let opened = 0; opened < 3; opened++) {
      tokens.push(await pds.userToken());
      // Lists are in the order of the milliseconds.
      pds.emulator.clock.advance(1);
    }
    const list = async () => {
      const { rows } = await pds.admin('GET', `/grants?tenant=${pds.demo.domainId}&subject=u-1`);
      return rows as { id: string; state: string; clientId: string }[];
    };
    const [first, second, third] = await list();
    assert.ok(first && second && third);
    assert.equal(second.id, customOf(tokens[1]?.access_token ?? '').ref);
    await pds.admin('POST', `/grants/${second.id}/revoke`);
    assert.deepEqual(
      (await list()).map(({ state }) => state),
      ['active', 'revoked', 'active'],
    );
    const answers = await Promise.all(tokens.map(({ refresh_token }) => pds.refresh(refresh_token)));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 400, 200],
    );
  });
});

describe('what an operator changes takes effect at the next call', () => {
  const user = (pds: PdsBench) => `/users/${pds.demo.domainId}/u-1`;

  it('a disabled user', async () => {
    await using pds = await openPds();
    const { access_token, refresh_token } = await pds.userToken();
    await pds.admin('PATCH', user(pds), { status: 'disabled' });
    assert.equal(await isActive(pds, access_token), false);
    assert.equal(refusalOf(await pds.refresh(refresh_token)), '403 Forbidden');
    assert.equal(refusalOf(await pds.assert()), '403 Forbidden');
    await pds.admin('PATCH', user(pds), { status: 'enabled' });
    assert.equal(await isActive(pds, access_token), true);
    tokenOf(await pds.refresh(refresh_token));
  });

  it('a deleted user', async () => {
    await using pds = await openPds();
    const { access_token, refresh_token } = await pds.userToken();
    await pds.admin('DELETE', user(pds));
    assert.equal(await isActive(pds, access_token), false);
    assert.equal(refusalOf(await pds.refresh(refresh_token)), '403 Forbidden');
    assert.equal(refusalOf(await pds.assert()), '404 NotFound.User');
  });

  it('a changed role', async () => {
    await using pds = await openPds();
    const old = await pds.userToken();
    await pds.admin('PATCH', user(pds), { role: 'admin' });
    assert.deepEqual(await pds.introspect(old.access_token), { active: false });
    const fresh = tokenOf(await pds.refresh(old.refresh_token));
    assert.deepEqual([fresh.role, customOf(fresh.access_token).role], ['admin', 'admin']);
    assert.equal((await pds.introspect(fresh.access_token)).role, 'admin');
  });

  it('a disabled and a deleted application', async () => {
    await using pds = await openPds();
    const client = `/clients/${pds.demo.jwtApp.clientId}`;
    const { access_token, refresh_token } = await pds.userToken();
    await pds.admin('PATCH', client, { status: 'disabled' });
    assert.equal(await isActive(pds, access_token), false);
    assert.equal(refusalOf(await pds.refresh(refresh_token)), '404 NotFound.App');
    await pds.admin('PATCH', client, { status: 'enabled' });
    const fresh = tokenOf(await pds.refresh(refresh_token));
    await pds.admin('DELETE', client);
    assert.equal(await isActive(pds, fresh.access_token), false);
    assert.equal(refusalOf(await pds.refresh(fresh.refresh_token)), '404 NotFound.App');
    assert.equal(refusalOf(await pds.assert()), '404 NotFound.App');
  });

  it('a disabled domain, which makes no users either', async () => {
    await using pds = await openPds();
    const { refresh_token } = await pds.userToken();
    await pds.admin('PATCH', `/tenants/${pds.demo.domainId}`, { status: 'disabled' });
    assert.equal(refusalOf(await pds.refresh(refresh_token)), '403 Forbidden');
    assert.equal(refusalOf(await pds.assert({ sub: 'new', auto_create: true })), '403 Forbidden');
    await pds.admin('PATCH', `/tenants/${pds.demo.domainId}`, { status: 'enabled' });
    assert.equal(refusalOf(await pds.assert({ sub: 'new' })), '404 NotFound.User');
  });
});

describe('logging out', () => {
  const revoke = (pds: PdsBench, refresh_token: string, app_id = pds.demo.jwtApp.clientId) =>
    pds.json(paths.accountRevoke, { app_id, refresh_token });

  it('answers 204 without a body, and ends the refresh token and the access token', async () => {
    await using pds = await openPds();
    const { access_token, refresh_token } = await pds.userToken();
    const answer = await revoke(pds, refresh_token);
    assert.deepEqual([answer.status, answer.body], [204, '']);
    assert.equal(answer.headers['content-length'], undefined);
    assert.equal(answer.headers['content-type'], undefined);
    assert.equal(await isActive(pds, access_token), false);
    assert.equal(refusalOf(await pds.refresh(refresh_token)), badToken);
    assert.equal(refusalOf(await revoke(pds, refresh_token)), badToken);
  });

  it('ends one session and no other', async () => {
    await using pds = await openPds();
    const [one, other] = [await pds.userToken(), await pds.userToken()];
    await revoke(pds, one.refresh_token);
    tokenOf(await pds.refresh(other.refresh_token));
  });

  it('is for the application that the session was given to', async () => {
    await using pds = await openPds();
    const { refresh_token } = await pds.userToken();
    const { nativeApp, webServerApp } = pds.demo;
    assert.equal(refusalOf(await revoke(pds, refresh_token, nativeApp.clientId)), badToken);
    assert.equal(refusalOf(await revoke(pds, refresh_token, webServerApp.clientId)), '403 Forbidden');
    assert.equal(refusalOf(await revoke(pds, refresh_token, 'nobody')), '404 NotFound.App');
    assert.equal(refusalOf(await revoke(pds, 'garbage')), badToken);
    tokenOf(await pds.refresh(refresh_token));
  });
});

describe('the public key of an application', () => {
  const ask = (pds: PdsBench, app_id: string) => pds.json(paths.publicKey, { app_id });

  it('is told to anybody, in PEM', async () => {
    await using pds = await openPds();
    const { clientId } = pds.demo.jwtApp;
    const { app_id, public_key, key_pair_id, ...rest } = jsonOf(await ask(pds, clientId));
    assert.deepEqual([app_id, public_key, rest], [clientId, pds.key.publicPem, {}]);
    assert.match(String(key_pair_id), /^[A-Za-z0-9_-]{43}$/);
  });

  it('is that of JWT applications only', async () => {
    await using pds = await openPds();
    assert.equal(refusalOf(await ask(pds, pds.demo.nativeApp.clientId)), '404 NotFound.App');
    assert.equal(refusalOf(await ask(pds, 'nobody')), '404 NotFound.App');
  });
});
