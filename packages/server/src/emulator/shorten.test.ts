import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { shorten, shortenBody, shortenHeader, shortenPairs } from './shorten.ts';

const ticket = 'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJ0eXBlIjoiZW1iZWRkZWQifQ.c2lnLV9zaWc';

suite('a secret is shown by its first six characters', () => {
  test('when it is long enough not to be half told by them', () => {
    assert.equal(shorten('0123456789abcde'), '…');
    assert.equal(shorten('0123456789abcdef'), '012345…');
    assert.equal(shorten(''), '…');
  });
});

suite('headers', () => {
  const cases = [
    ['authorization', 'LOG HUFU123:BinEQGE0jzORuHC3Yva8YnyKMcMBXoUnnTRigNwXmR4=', 'LOG HUFU123:BinEQG…'],
    [
      'authorization',
      `SLS4-HMAC-SHA256 Credential=HUFU123/20241030/cn-shanghai/sls/aliyun_v4_request,Signature=${'ab'.repeat(32)}`,
      'SLS4-HMAC-SHA256 Credential=HUFU123/20241030/cn-shanghai/sls/aliyun_v4_request,Signature=ababab…',
    ],
    ['authorization', `Bearer ${ticket}`, 'Bearer eyJ0eX…'],
    ['authorization', `Basic ${btoa('resource-server:0123456789abcdef')}`, 'Basic (resource-server:012345…)'],
    ['authorization', `basic ${btoa('a:hunter2')}`, 'basic (a:…)'],
    ['authorization', `Basic ${btoa('without a colon')}`, 'Basic …'],
    ['proxy-authorization', `Basic ${btoa('resource-server:pass')}`, 'Basic (resource-server:…)'],
    ['authorization', `DPoP ${ticket}`, 'DPoP eyJ0eX…'],
    ['dpop', ticket, 'eyJ0eX…'],
    ['set-cookie', 'hufu-session=0123456789abcdef; Path=/', 'hufu-s…'],
    ['signature', 'ab'.repeat(32), 'ababab…'],
    ['accesskey', '0123456789abcdef0123456789abcdef', '012345…'],
    ['user', 'scnet-user', 'scnet-user'],
    ['orgid', '7f4b', '7f4b'],
    ['timestamp', '1730257365', '1730257365'],
    ['referer', 'http://127.0.0.1/login?handle=0123456789abcdef&a=1', 'http://127.0.0.1/login?handle=012345…&a=1'],
    ['referer', 'http://127.0.0.1/login', 'http://127.0.0.1/login'],
    ['authorization', 'onewordonewordoneword', 'onewor…'],
    ['x-acs-security-token', 'CAISabcdefghijklmnop', 'CAISab…'],
    ['token', ticket, 'eyJ0eX…'],
    ['cookie', 'session=0123456789abcdef', 'sessio…'],
    ['password', 'hunter2', '…'],
    ['set-cookie', 'session=0123456789abcdef; Path=/; HttpOnly', 'sessio…'],
    [
      'location',
      'http://127.0.0.1:3000/callback?code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj',
      'http://127.0.0.1:3000/callback?code=SplxlO…&state=af0ifjsldkj',
    ],
    ['location', '/login?handle=0123456789abcdef', '/login?handle=012345…'],
    [
      'location',
      `https://a.example/#access_token=${ticket}&state=1`,
      'https://a.example/#access_token=eyJ0eX…&state=1',
    ],
    ['location', '/login/signed-out', '/login/signed-out'],
    ['referer', 'https://a.example/?a=1#code=SplxlOBeZQQYbYS6WxSbIA', 'https://a.example/?a=1#code=SplxlO…'],
    ['x-log-signaturemethod', 'hmac-sha256', 'hmac-sha256'],
    ['user-agent', `something ${ticket} else`, 'something eyJ0eX… else'],
    ['date', 'Wed, 30 Oct 2024 03:02:45 GMT', 'Wed, 30 Oct 2024 03:02:45 GMT'],
  ] as const;
  for (const [name, given, shown] of cases) {
    test(`${name}: ${shown}`, () => assert.equal(shortenHeader(name, given), shown));
  }
});

suite('queries and forms', () => {
  const cases = [
    ['a lifetime is no secret', 'accessTokenExpirationTime=86400&expirationTime=1', undefined],
    ['a ticket', `accessTokenExpirationTime=600&ticket=${ticket}`, 'accessTokenExpirationTime=600&ticket=eyJ0eX…'],
    [
      'an introspection',
      `token=${ticket}&client_id=rs&client_secret=0123456789abcdef`,
      'token=eyJ0eX…&client_id=rs&client_secret=012345…',
    ],
    [
      'a code and its verifier',
      'code=SplxlOBeZQQYbYS6WxSbIA&code_verifier=0123456789abcdef',
      'code=SplxlO…&code_verifier=012345…',
    ],
    [
      'an assertion',
      'grant_type=urn&client_assertion=0123456789abcdef&assertion=0123456789abcdef&refresh_token=0123456789abcdef',
      'grant_type=urn&client_assertion=012345…&assertion=012345…&refresh_token=012345…',
    ],
    ['a login', 'handle=0123456789abcdef&name=demo&password=hunter2', 'handle=012345…&name=demo&password=…'],
    [
      'a name that is spelt another way',
      '%70assword=hunter2&client%5Fsecret=hunter2',
      '%70assword=…&client%5Fsecret=…',
    ],
    ['a name that cannot be read', '%E0%A4%A=1&%password=hunter2', '%E0%A4%A=1&%password=…'],
    [
      'a secret that its caller forgot',
      'client_secret=undefined&code_verifier=null',
      'client_secret=undefined&code_verifier=…',
    ],
    ['a JWT under another name', `state=${ticket}`, 'state=eyJ0eX…'],
    ['a JWT without a name', ticket, 'eyJ0eX…'],
    ['duplicates and empty values stay', 'a=1&a=&b', undefined],
  ] as const;
  for (const [name, given, shown] of cases) {
    test(name, () => assert.equal(shortenPairs(given), shown ?? given));
  }
});

suite('bodies', () => {
  test('JSON keeps its members, and only the secret ones are shortened, at any depth', () => {
    const body = { refresh_token: '0123456789abcdef', deep: [{ playAccessKeySecret: 'short', n: 5 }], name: 'demo' };
    assert.equal(
      shortenBody('application/json; charset=utf-8', JSON.stringify(body)),
      '{"refresh_token":"012345…","deep":[{"playAccessKeySecret":"…","n":5}],"name":"demo"}',
    );
  });

  test('secrets in lists, and those that are numbers, are secrets too', () => {
    const body = { passwords: 1, password: ['hunter2', ['hunter3']], code: 123456, token: null, names: ['demo', 7] };
    assert.equal(
      shortenBody('application/json', JSON.stringify(body)),
      '{"passwords":1,"password":["…",["…"]],"code":"…","token":null,"names":["demo",7]}',
    );
  });

  test('the code of an error is none that opens anything', () => {
    const body = '{"errorCode":"SignatureNotMatch","error_code":1,"statusCode":"a401","code":"SplxlOBeZQQYbYS6WxSbIA"}';
    assert.equal(shortenBody('application/json', body), body.replace('BeZQQYbYS6WxSbIA', '…'));
  });

  test('a code beside a message is that of an error', () => {
    const body =
      '{"code":"InvalidParameter.RefreshToken","message":"not valid","deep":{"code":"SplxlOBeZQQYbYS6WxSbIA"}}';
    assert.equal(shortenBody('application/json', body), body.replace('BeZQQYbYS6WxSbIA', '…'));
  });

  test('a form is read as one', () => {
    assert.equal(shortenBody('application/x-www-form-urlencoded', `token=${ticket}`), 'token=eyJ0eX…');
  });

  const unread = [
    ['JSON that is none', 'application/json', '{"password":"hunter2"'],
    ['another type', 'text/plain', 'password hunter2 here'],
    ['no type', '', 'password=hunter2&aaaa'],
  ] as const;
  for (const [name, type, text] of unread) {
    test(`${name} is shown by its size`, () => assert.equal(shortenBody(type, text), '(21 bytes)'));
  }
});
