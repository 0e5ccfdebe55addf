import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import type { StoredKey } from '../service/ports.ts';
import { generateKey } from './generate.ts';
import { openKey } from './open-key.ts';
import { systemRandom } from './random.ts';
import { sampleSealing } from './ring.sample.ts';
import { sealKey, unsealKey } from './stored-key.ts';

const sealing = sampleSealing();
const times = { createdAtMs: 1, activeFromMs: 2, retiresAtMs: undefined, dropsAtMs: undefined };
const algorithms = ['HS256', 'ES256', 'RS256'] as const;

async function stored(algorithm: (typeof algorithms)[number]): Promise<StoredKey> {
  return sealKey(sealing, { use: 'one', algorithm }, await generateKey(algorithm, systemRandom), times);
}

test('a key of every algorithm comes back from the store and checks what it signed before', async () => {
  for (const algorithm of algorithms) {
    const generated = await generateKey(algorithm, systemRandom);
    const before = openKey(generated.id, algorithm, generated.key);
    const row = sealKey(sealing, { use: 'one', algorithm }, generated, times);
    const after = unsealKey(sealing, row);
    assert.equal(after.id, generated.id);
    const [header, payload, signature] = before.sign({ header: { typ: 'JWT' }, payload: '{}' }).split('.');
    assert.equal(after.check(`${header}.${payload}`, signature ?? ''), true);
    assert.deepEqual(after.publicJwk, before.publicJwk);
    assert.equal(row.publicJwk, before.publicJwk && JSON.stringify(before.publicJwk));
  }
});

test('a row holds its times, and its public half without a private member', async () => {
  const row = await stored('RS256');
  assert.deepEqual([row.createdAtMs, row.activeFromMs, row.retiresAtMs, row.dropsAtMs], [1, 2, undefined, undefined]);
  assert.deepEqual(Object.keys(JSON.parse(row.publicJwk ?? '{}')).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
  assert.equal((await stored('HS256')).publicJwk, undefined);
});

test('a row that was given another use, algorithm or id, or another’s secret, does not open', async () => {
  const [row, other] = [await stored('HS256'), await stored('HS256')];
  const spoilt: readonly StoredKey[] = [
    { ...row, use: 'two' },
    { ...row, algorithm: 'ES256' },
    { ...row, id: other.id },
    { ...row, sealed: other.sealed },
    { ...row, sealed: row.sealed.subarray(1) },
  ];
  for (const bad of spoilt) assert.throws(() => unsealKey(sealing, bad), { name: 'KeyUnreadable' });
  assert.throws(() => unsealKey(sampleSealing(Buffer.alloc(32).toString('hex')), row), { name: 'KeyUnreadable' });
  assert.equal(unsealKey(sealing, row).id, row.id);
});

test('neither a row nor a refusal shows the secret', async () => {
  const generated = await generateKey('HS256', { bytes: (n) => new Uint8Array(n).fill(0x4d), hex: () => 'id' });
  const row = sealKey(sealing, { use: 'one', algorithm: 'HS256' }, generated, times);
  assert.doesNotMatch(Buffer.from(row.sealed).toString('latin1'), /TU1N|MMMM|oct/);
  const unreadable = sealing.seal('{"kty":"oct","k":"TU1NTU1N"}', 'signing-key/one/HS256/id');
  assert.throws(
    () => unsealKey(sealing, { ...row, sealed: unreadable }),
    (error) => !inspect(error).includes('TU1N'),
  );
  const noJson = sealing.seal('TU1NTU1N', 'signing-key/one/HS256/id');
  assert.throws(
    () => unsealKey(sealing, { ...row, sealed: noJson }),
    (error) => !inspect(error).includes('TU1N'),
  );
});
