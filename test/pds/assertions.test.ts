/** Assertions of JWT applications: which keys and claims pass, and the stated code for each that does not. */

import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sdkForms } from '@hufu/wire/pds';
import { type AssertionClaims, assertionKey, makeAssertionKey } from '../harness/assertion.ts';
import type { Answer } from '../harness/exchange.ts';
import { keyOf, openPds, type PdsBench, refusalOf, tokenOf } from '../harness/pds.ts';

const send = (pds: PdsBench, assertion: string, client_id = pds.demo.jwtApp.clientId): Promise<Answer> =>
  pds.send(sdkForms.getUserJwtToken({ client_id, assertion }));

/** One emulator for all: an assertion leaves nothing behind but its `jti`. */
let pds: PdsBench;
before(async () => {
  pds = await openPds();
  await pds.userToken();
});
after(() => pds[Symbol.asyncDispose]());

describe('keys', () => {
  for (const type of ['pkcs1', 'pkcs8'] as const) {
    it(`a private key in ${type.toUpperCase()} is as good as any`, async () => {
      const pem = pds.key.privateKey.export({ type, format: 'pem' }).toString();
      assert.match(pem, type === 'pkcs1' ? /BEGIN RSA PRIVATE KEY/ : /BEGIN PRIVATE KEY/);
      tokenOf(await send(pds, pds.assertion({}, { key: keyOf(pem) })));
    });
  }

  it('a key that the operator gave in the place of the old one holds from the next call on', async () => {
    const { id, privateKeyPem } = await pds.admin('POST', '/clients', {
      tenant: pds.demo.domainId,
      dialect: 'pds',
      type: 'JWT',
      name: 'Rotates its key',
    });
    const iss = String(id);
    const old = keyOf(String(privateKeyPem));
    tokenOf(await send(pds, pds.assertion({ iss }, { key: old }), iss));
    const next = makeAssertionKey('RS256');
    await pds.admin('PATCH', `/clients/${iss}`, { publicKey: next.publicPem });
    const refused = await send(pds, pds.assertion({ iss }, { key: old }), iss);
    assert.equal(refusalOf(refused), '400 InvalidParameter.Assertion');
    tokenOf(await send(pds, pds.assertion({ iss }, { key: next }), iss));
  });

  it('an EC key under an RS256 header is no key, whichever way it signs', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    for (const key of [
      { ...assertionKey('ES256'), algorithm: 'RS256' as const },
      { ...keyOf(privateKey), algorithm: 'RS256' as const },
    ]) {
      assert.equal(refusalOf(await send(pds, pds.assertion({}, { key }))), '400 InvalidParameter.Assertion');
    }
  });

  it('another application’s key is none', async () => {
    const key = assertionKey('RS256');
    assert.equal(refusalOf(await send(pds, pds.assertion({}, { key }))), '400 InvalidParameter.Assertion');
  });
});

describe('a header', () => {
  const unsupported = '400 InvalidParameterNotSupported.Alg';
  for (const [rule, header, expected] of [
    ['with another algorithm of the same key', { alg: 'RS512' }, unsupported],
    ['with PSS', { alg: 'PS256' }, unsupported],
    ['with ES256', { alg: 'ES256' }, unsupported],
    ['with HS256', { alg: 'HS256' }, unsupported],
    ['without a signature', { alg: 'none' }, unsupported],
    ['in another case', { alg: 'rs256' }, unsupported],
    ['without an algorithm', { alg: undefined }, '400 InvalidParameterWrongFormat.Assertion'],
    ['that something must be understood of', { crit: ['x'], x: 1 }, '400 InvalidParameterWrongFormat.Assertion'],
  ] as const) {
    it(`${rule} is refused`, async () => {
      assert.equal(refusalOf(await send(pds, pds.assertion({}, { header }))), expected);
    });
  }

  it('that makes the public key a secret is refused', async () => {
    const [, payload] = pds.assertion().split('.');
    const text = `${Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')}.${payload}`;
    const signature = createHmac('sha256', pds.key.publicPem).update(text).digest('base64url');
    assert.equal(refusalOf(await send(pds, `${text}.${signature}`)), unsupported);
  });

  it('that brings its own key is not believed', async () => {
    const key = assertionKey('RS256');
    const assertion = pds.assertion(
      {},
      { key, header: { jwk: key.publicJwk, jku: 'https://evil.example/jwks', kid: key.id } },
    );
    assert.equal(refusalOf(await send(pds, assertion)), '400 InvalidParameter.Assertion');
  });
});

describe('text that is no assertion', () => {
  const cases: readonly (readonly [rule: string, text: () => string, expected: string])[] = [
    ['a word', () => 'hello', '400 InvalidParameterWrongFormat.Assertion'],
    ['two parts', () => pds.assertion().split('.').slice(0, 2).join('.'), '400 InvalidParameterWrongFormat.Assertion'],
    [
      'no signature',
      () => `${pds.assertion().split('.').slice(0, 2).join('.')}.`,
      '400 InvalidParameterWrongFormat.Assertion',
    ],
    [
      'a signature of another text',
      () => pds.assertion().replace(/\.[^.]+$/, `.${pds.assertion().split('.')[2]}`),
      '400 InvalidParameter.Assertion',
    ],
    ['an access token of ours', () => accessToken, '400 InvalidParameter.Assertion'],
    ['nothing', () => '', '400 InvalidParameterEmpty.Assertion'],
  ];
  let accessToken = '';
  before(async () => {
    accessToken = (await pds.userToken()).access_token;
  });
  for (const [rule, text, expected] of cases) {
    it(`${rule}: ${expected}`, async () => assert.equal(refusalOf(await send(pds, text())), expected));
  }
});

describe('a claim', () => {
  const now = () => pds.nowSeconds();
  const cases: readonly (readonly [rule: string, change: () => AssertionClaims, expected: string | undefined])[] = [
    ['iss of another application', () => ({ iss: pds.demo.nativeApp.clientId }), 'InvalidParameterNotMatch.Iss'],
    ['no iss', () => ({ iss: undefined }), 'InvalidParameterNotMatch.Iss'],
    ['aud of another domain', () => ({ aud: 'other' }), 'InvalidParameterNotMatch.Aud'],
    ['aud as a list', () => ({ aud: [pds.demo.domainId] }), 'InvalidParameterNotMatch.Aud'],
    ['no aud', () => ({ aud: undefined }), 'InvalidParameterNotMatch.Aud'],
    ['no sub, as where the caller forgets user_id', () => ({ sub: undefined }), 'InvalidParameter.Sub'],
    ['an empty sub', () => ({ sub: '' }), 'InvalidParameter.Sub'],
    ['another sub_type', () => ({ sub_type: 'admin' }), 'InvalidParameterNotSupported.SubType'],
    ['no sub_type', () => ({ sub_type: undefined }), 'InvalidParameterNotSupported.SubType'],
    ['no exp', () => ({ exp: undefined }), 'InvalidParameterExpired.Exp'],
    ['exp a second before the leeway is over', () => ({ exp: now() - 59 }), undefined],
    ['exp when the leeway is over', () => ({ exp: now() - 60 }), 'InvalidParameterExpired.Exp'],
    ['exp in an hour and the leeway', () => ({ exp: now() + 3660 }), undefined],
    ['exp a second later', () => ({ exp: now() + 3661 }), 'InvalidParameterOutOfRange.Exp'],
    ['iat a day ago', () => ({ iat: now() - 86_400 }), undefined],
    ['no iat', () => ({ iat: undefined }), undefined],
    ['iat ahead by the leeway', () => ({ iat: now() + 60 }), undefined],
    ['iat a second further ahead', () => ({ iat: now() + 61 }), 'InvalidParameterOutOfRange.Iat'],
    ['nbf ahead by the leeway', () => ({ nbf: now() + 60 }), undefined],
    ['nbf a second further ahead', () => ({ nbf: now() + 61 }), 'InvalidParameterOutOfRange.Nbf'],
    ['no jti', () => ({ jti: undefined }), 'InvalidParameterOutOfRange.Jti'],
    ['a jti of 7 characters', () => ({ jti: 'abcdef7' }), undefined],
    ['a jti of 14 characters', () => ({ jti: 'abcdefghijkl14' }), undefined],
    ['a jti of 128 characters', () => ({ jti: 'j'.repeat(128) }), undefined],
    ['a jti of 129 characters', () => ({ jti: 'j'.repeat(129) }), 'InvalidParameterOutOfRange.Jti'],
    ['auto_create as text', () => ({ auto_create: 'true' }), 'InvalidParameter.AutoCreate'],
    ['no auto_create', () => ({ auto_create: undefined }), undefined],
  ];
  for (const [rule, change, expected] of cases) {
    it(`${rule}: ${expected ?? 'taken'}`, async () => {
      const answer = await pds.assert(change());
      if (expected === undefined) tokenOf(answer);
      else assert.equal(refusalOf(answer), `400 ${expected}`);
    });
  }
});

describe('an assertion that comes twice', () => {
  it('is refused the second time, even where only its jti is the same', async () => {
    const jti = randomUUID();
    const assertion = pds.assertion({ jti });
    tokenOf(await send(pds, assertion));
    assert.equal(refusalOf(await send(pds, assertion)), '400 InvalidParameter.Jti');
    assert.equal(refusalOf(await pds.assert({ jti, exp: pds.nowSeconds() + 299 })), '400 InvalidParameter.Jti');
  });

  it('gives one session to 16 who send it at the same time', async () => {
    const assertion = pds.assertion();
    const answers = await Promise.all(Array.from({ length: 16 }, () => send(pds, assertion)));
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, ...Array.from({ length: 15 }, () => 400)],
    );
  });

  it('may come again where it was refused for another reason', async () => {
    const assertion = pds.assertion({ sub: 'made-later' });
    assert.equal(refusalOf(await send(pds, assertion)), '404 NotFound.User');
    await pds.admin('POST', '/users', { tenant: pds.demo.domainId, id: 'made-later', name: 'Made later' });
    tokenOf(await send(pds, assertion));
  });

  it('is good until its end where the operator accepts replays', async () => {
    await using lenient = await openPds({ config: { 'pds.assertionReplay': 'accept' } });
    await lenient.userToken();
    const assertion = lenient.assertion();
    tokenOf(await send(lenient, assertion));
    tokenOf(await send(lenient, assertion));
  });
});

describe('who may send one', () => {
  it('applications with a key only', async () => {
    const { webServerApp, nativeApp } = pds.demo;
    const { clientId, clientSecret } = webServerApp;
    const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    const assertion = pds.assertion();
    const native = await send(pds, assertion, nativeApp.clientId);
    assert.equal(refusalOf(native), '400 InvalidParameterNotSupported.GrantType');
    const web = await pds.form({ grant_type, client_id: clientId, client_secret: clientSecret, assertion });
    assert.equal(refusalOf(web), '400 InvalidParameterNotSupported.GrantType');
    assert.equal(refusalOf(await send(pds, assertion, 'nobody')), '404 NotFound.App');
    tokenOf(await send(pds, assertion));
  });

  it('no other application by an assertion of this one', async () => {
    const asked = { tenant: pds.demo.domainId, dialect: 'pds', type: 'JWT', name: 'Another' };
    const { id } = await pds.admin('POST', '/clients', asked);
    assert.equal(refusalOf(await send(pds, pds.assertion(), String(id))), '400 InvalidParameter.Assertion');
  });
});

describe('the clock of an emulator that was moved', () => {
  it('does not lock out callers who sign by the real time', async () => {
    const now = Math.floor(Date.now() / 1000);
    tokenOf(await pds.assert({ iat: now - 300, exp: now + 300 }));
  });
});
