import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import golden from './golden/token.json' with { type: 'json' };
import { expireTime, type PdsToken, readExpireTime, tokenBody } from './token.ts';

const token: PdsToken = {
  status: 'enabled',
  expires_in: golden.observed.expires_in,
  state: golden.observed.state,
  exist_link: [],
  nick_name: '用户1',
  user_id: 'u-1',
  is_first_login: false,
  refresh_token: '399623e13353490391266c7d48a13ed1',
  domain_id: 'bj29',
  default_drive_id: '1',
  access_token: 'a.b.c',
  token_type: 'Bearer',
  user_data: {},
  avatar: '',
  need_rp_verify: false,
  pin_setup: false,
  expire_time: golden.observed.expire_time,
  need_link: false,
  user_name: '用户1',
  device_id: '',
  role: 'user',
  default_sbox_drive_id: '',
};

suite('the Token structure', () => {
  test('has the members of a live answer in its order, whatever the order it is given in', () => {
    assert.deepEqual(Object.keys(JSON.parse(tokenBody(token))), golden.observed.memberOrder);
  });

  test('has behind them what that answer lacked', () => {
    const body = tokenBody({ device_name: 'd', subdomain_id: 's', ...token });
    assert.deepEqual(Object.keys(JSON.parse(body)), [...golden.observed.memberOrder, ...golden.furtherMembers.names]);
  });

  test('loses no value and has no blanks', () => {
    assert.deepEqual(JSON.parse(tokenBody(token)), token);
    assert.equal(tokenBody(token), JSON.stringify(JSON.parse(tokenBody(token))));
  });

  test('has every member of the documented sample, of the same type', () => {
    const members = new Map<string, unknown>(Object.entries(token));
    for (const [name, value] of Object.entries(golden.documentedSample.answer)) {
      assert.equal(typeof members.get(name), typeof value, name);
    }
  });
});

suite('expire_time', () => {
  for (const { text, unixSeconds, source } of golden.expireTimes) {
    test(`${source}: ${text} is read to the second`, () => assert.equal(readExpireTime(text), unixSeconds));
    test(`${source}: ${text} is written without a fraction`, () => {
      assert.equal(expireTime(unixSeconds), text.replace(/\.\d+Z$/, 'Z'));
    });
  }

  test('a fraction of a second is cut off', () => {
    assert.equal(expireTime(golden.observed.expireTimeUnixSeconds + 0.999), golden.observed.expire_time);
  });

  test('what is written is read again, for every year of four digits', () => {
    const lastSecond = 253_402_300_799;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: lastSecond }), (s) => assert.equal(readExpireTime(expireTime(s)), s)),
    );
    assert.equal(expireTime(lastSecond), '9999-12-31T23:59:59Z');
  });

  for (const text of [
    '',
    '2022-03-21',
    '2022-03-21 06:33:21',
    '2022-03-21T06:33:21',
    '2022-03-21T06:33:21+08:00',
    '2022-03-21T06:33:21.Z',
    '2022-02-30T06:33:21Z',
    '2022-13-01T06:33:21Z',
    '2022-03-21T24:00:00Z',
    '2022-03-21T06:33:60Z',
    ' 2022-03-21T06:33:21Z',
    '1647844401',
    'undefinedZ',
  ]) {
    test(`"${text}" is none`, () => assert.equal(readExpireTime(text), undefined));
  }
});
