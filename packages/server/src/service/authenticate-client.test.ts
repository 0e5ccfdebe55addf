import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, it } from 'node:test';
import { createAssertions } from '../keys/assertions.ts';
import { hashing } from '../keys/hashing.ts';
import { openFreshSqlite } from '../stores/sqlite/fresh.sample.ts';
import { rememberAssertion } from './authenticate-client.ts';

const untilMs = 1_800_000_000_000;

/** The order of P-256: `s` and `order - s` make one signature each. */
const order = 0xffffffff_00000000_ffffffff_ffffffff_bce6faad_a7179e84_f3b9cac2_fc632551n;

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('an assertion that may be used once', () => {
  it('is known by its jti, whatever else it says', async (t) => {
    const { store, dispose } = await openFreshSqlite();
    t.after(dispose);
    const parts = { store, hashing };
    assert.equal(await rememberAssertion(parts, 'app', 'one', 'a.b.c', untilMs), true);
    assert.equal(await rememberAssertion(parts, 'app', 'one', 'd.e.f', untilMs), false);
    assert.equal(await rememberAssertion(parts, 'app', 'two', 'a.b.c', untilMs), true);
    assert.equal(await rememberAssertion(parts, 'other', 'one', 'a.b.c', untilMs), true);
  });

  it('is known without a jti too, although its signature is written anew', async (t) => {
    const { store, dispose } = await openFreshSqlite();
    t.after(dispose);
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const signed = `${part({ alg: 'ES256' })}.${part({ iss: 'app', sub: 'app' })}`;
    const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    const s = BigInt(`0x${signature.subarray(32).toString('hex')}`);
    const mirrored = Buffer.from((order - s).toString(16).padStart(64, '0'), 'hex');
    const first = `${signed}.${signature.toString('base64url')}`;
    const second = `${signed}.${Buffer.concat([signature.subarray(0, 32), mirrored]).toString('base64url')}`;
    assert.notEqual(first, second);
    const keys = [{ id: 'k', jwk: JSON.stringify(publicKey.export({ format: 'jwk' })) }];
    const assertions = createAssertions(1);
    for (const one of [first, second]) assert.equal(typeof assertions.verify(keys, ['ES256'], one), 'object');
    const parts = { store, hashing };
    assert.equal(await rememberAssertion(parts, 'app', undefined, first, untilMs), true);
    assert.equal(await rememberAssertion(parts, 'app', undefined, second, untilMs), false);
    const other = `${part({ alg: 'ES256' })}.${part({ iss: 'app', sub: 'app', exp: 1 })}.x`;
    assert.equal(await rememberAssertion(parts, 'app', undefined, other, untilMs), true);
  });
});
