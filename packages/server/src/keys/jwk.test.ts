import assert from 'node:assert/strict';
import { createPublicKey, createSecretKey, generateKeyPairSync } from 'node:crypto';
import test from 'node:test';
import { publicMembers, thumbprint } from './jwk.ts';

test('the thumbprint is that of the example in RFC 7638, section 3.1', () => {
  const n =
    '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknj' +
    'hMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQ' +
    'vRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzK' +
    'nqDKgw';
  assert.equal(thumbprint({ kty: 'RSA', n, e: 'AQAB' }), 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
});

test('the thumbprint of a P-256 key covers crv, kty, x and y in this order', () => {
  const key = { kty: 'EC', crv: 'P-256', x: 'X', y: 'Y' } as const;
  // SHA-256 of {"crv":"P-256","kty":"EC","x":"X","y":"Y"}
  assert.equal(thumbprint(key), 'bgglx7X3dhYynPAS9NzKrnkDooOuGP1sTYNHoSL1BkU');
  assert.equal(thumbprint({ y: 'Y', x: 'X', kty: 'EC', crv: 'P-256' }), thumbprint(key));
});

test('public members of a private key are those of its public half, and no other', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  assert.deepEqual(Object.keys(publicMembers(ec) ?? {}).sort(), ['crv', 'kty', 'x', 'y']);
  assert.deepEqual(Object.keys(publicMembers(rsa) ?? {}).sort(), ['e', 'kty', 'n']);
  for (const key of [ec, rsa]) assert.deepEqual(publicMembers(key), publicMembers(createPublicKey(key)));
});

test('a secret has no public members, and a key of another kind has none that are known', () => {
  assert.equal(publicMembers(createSecretKey(Buffer.alloc(32))), undefined);
  assert.throws(() => publicMembers(generateKeyPairSync('ed25519').privateKey), /neither of P-256 nor of RSA/);
  assert.throws(() => publicMembers(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey));
});
