import assert from 'node:assert/strict';
import { createHmac, createPublicKey } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import type { Algorithm } from '../core/token.ts';
import { systemRandom } from './random.ts';
import { sampleClock, sampleKeyStore, sampleSealing, sampleUse } from './ring.sample.ts';
import { openKeyRing } from './ring.ts';

const algorithms = ['HS256', 'ES256', 'RS256'] as const;
const ring = await openKeyRing({
  store: sampleKeyStore(),
  sealing: sampleSealing(),
  clock: sampleClock(1_730_257_365_559),
  random: systemRandom,
  uses: [...algorithms, 'HS256' as const].map((algorithm, i) => sampleUse(algorithm, 0, `use${i}`)),
});
const { signer } = ring;
/** The format that `algorithm` signs; `use3` is a second one with HS256. */
const formatOf = (algorithm: Algorithm) => ({ keyUse: `use${algorithms.indexOf(algorithm)}`, algorithm });
const otherUse = { keyUse: 'use3', algorithm: 'HS256' } as const;
const exactHeader = (algorithm: string): string => `{"typ":"JWT","alg":"${algorithm}"}`;
const encoded = (text: string): string => Buffer.from(text).toString('base64url');
const payload = '{"a":1}';

test('what the ring signs it accepts, whether the header names the key or not', () => {
  for (const algorithm of algorithms) {
    for (const header of [{ typ: 'JWT' }, exactHeader(algorithm)]) {
      const jwt = signer.sign(formatOf(algorithm), { header, payload });
      assert.deepEqual(signer.verify(formatOf(algorithm), jwt), { a: 1 });
    }
  }
});

test('a token of one use is not accepted for another, nor for a use or algorithm that has no key', () => {
  const jwt = signer.sign(formatOf('HS256'), { header: exactHeader('HS256'), payload });
  assert.equal(signer.verify(otherUse, jwt), undefined);
  assert.equal(signer.verify({ keyUse: 'none', algorithm: 'HS256' }, jwt), undefined);
  assert.equal(signer.verify({ keyUse: 'use0', algorithm: 'ES256' }, jwt), undefined);
});

test('to sign for a use or algorithm that has no key is a mistake of ours, and says so', () => {
  const unsigned = { header: { typ: 'JWT' }, payload };
  assert.throws(() => signer.sign({ keyUse: 'none', algorithm: 'HS256' }, unsigned), /no HS256 key for none/);
  assert.throws(() => signer.sign({ keyUse: 'use0', algorithm: 'RS256' }, unsigned), /no RS256 key for use0/);
});

test('`none` is refused for every algorithm, in any case, with an empty signature or a borrowed one', () => {
  for (const algorithm of algorithms) {
    const [, body, signature] = signer
      .sign(formatOf(algorithm), { header: exactHeader(algorithm), payload })
      .split('.');
    for (const none of ['none', 'None', 'NONE', 'nOnE']) {
      const header = encoded(exactHeader(none));
      for (const end of ['', signature]) {
        assert.equal(signer.verify(formatOf(algorithm), `${header}.${body}.${end}`), undefined);
      }
    }
  }
});

test('an HMAC under a public key is refused, whatever form of the key it takes and whatever the header says', () => {
  const forge = (header: object, key: string | Uint8Array): string => {
    const input = `${encoded(JSON.stringify(header))}.${encoded(payload)}`;
    return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
  };
  for (const algorithm of ['ES256', 'RS256'] as const) {
    const jwk = ring.jwks().keys.find(({ alg }) => alg === algorithm);
    assert.ok(jwk);
    const { kid } = jwk;
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    const pem = key.export({ type: 'spki', format: 'pem' });
    const der = key.export({ type: 'spki', format: 'der' });
    for (const form of [pem, der, JSON.stringify(jwk)]) {
      for (const header of [{ alg: 'HS256' }, { alg: 'HS256', kid }, { alg: algorithm }, { alg: algorithm, kid }]) {
        const forged = forge(header, form);
        assert.equal(signer.verify(formatOf(algorithm), forged), undefined);
        assert.equal(signer.verify(formatOf('HS256'), forged), undefined);
      }
    }
  }
});

test('a header of another algorithm is refused, even above a signature that would hold', () => {
  for (const signed of algorithms) {
    for (const expected of algorithms) {
      const jwt = signer.sign(formatOf(signed), { header: exactHeader(signed), payload });
      assert.equal(signer.verify(formatOf(expected), jwt) !== undefined, signed === expected);
      const [, body, signature] = jwt.split('.');
      for (const header of algorithms) {
        if (header === signed) continue;
        const swapped = `${encoded(exactHeader(header))}.${body}.${signature}`;
        assert.equal(signer.verify(formatOf(expected), swapped), undefined, `${signed} ${header} ${expected}`);
      }
    }
  }
});

test('a `kid` of another key, or of none, is refused although a key of the use would fit', () => {
  const signedWith = (kid: string): string =>
    signer.sign(formatOf('HS256'), { header: JSON.stringify({ alg: 'HS256', kid }), payload });
  const idOf = (name: string): string => ring.list().find(({ use }) => use === name)?.id ?? '';
  assert.deepEqual(signer.verify(formatOf('HS256'), signedWith(idOf('use0'))), { a: 1 });
  for (const kid of [idOf('use3'), '', 'unknown', `${idOf('use0')} `]) {
    assert.equal(signer.verify(formatOf('HS256'), signedWith(kid)), undefined, kid);
  }
});

test('a token cut anywhere, with a character more, or with one changed is refused', () => {
  for (const algorithm of algorithms) {
    const jwt = signer.sign(formatOf(algorithm), { header: { typ: 'JWT' }, payload });
    const step = algorithm === 'RS256' ? 13 : 1;
    for (let i = 0; i < jwt.length; i += step) {
      const changed = jwt.slice(0, i) + (jwt[i] === 'A' ? 'B' : 'A') + jwt.slice(i + 1);
      assert.equal(signer.verify(formatOf(algorithm), jwt.slice(0, i)), undefined, `cut at ${i}`);
      assert.equal(signer.verify(formatOf(algorithm), changed), undefined, `changed at ${i}`);
    }
    for (const more of [`${jwt}A`, `${jwt}.`, `${jwt} `, ` ${jwt}`, `${jwt}=`, `Bearer ${jwt}`, `${jwt}\n`]) {
      assert.equal(signer.verify(formatOf(algorithm), more), undefined);
    }
  }
});

test('nothing that is presented makes it throw or is accepted', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json().map(encoded),
    fc.constantFrom(...algorithms, 'none').map((alg) => encoded(exactHeader(alg))),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 4 }), fc.constantFrom(...algorithms), (parts, algorithm) => {
      assert.equal(signer.verify(formatOf(algorithm), parts.join('.')), undefined);
    }),
    { numRuns: 1000 },
  );
});

test('signs on another thread what it signs on this one: RS256 is the same text, the others a text that verifies', async () => {
  for (const algorithm of ['HS256', 'ES256', 'RS256'] as const) {
    const unsignedToken = { header: exactHeader(algorithm), payload };
    const threaded = await signer.signThreaded(formatOf(algorithm), unsignedToken);
    assert.deepEqual(signer.verify(formatOf(algorithm), threaded), JSON.parse(payload));
    if (algorithm !== 'ES256') assert.equal(threaded, signer.sign(formatOf(algorithm), unsignedToken));
  }
});
