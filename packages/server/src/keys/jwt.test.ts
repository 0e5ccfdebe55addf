import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { encodeBase64url } from './base64url.ts';
import { maximumJwtBytes, readJwtHeader, splitJwt, verifyJwt } from './jwt.ts';

const token = (header: string, payload: string, signature = 'c2ln'): string =>
  `${encodeBase64url(header)}.${encodeBase64url(payload)}.${signature}`;

const holds = () => true;
const headerText = '{"typ":"JWT","alg":"HS256"}';

test('a token whose signature holds gives its payload', () => {
  assert.deepEqual(verifyJwt(token(headerText, '{"a":1,"虎":"符"}'), 'HS256', holds), { a: 1, 虎: '符' });
});

test('a token whose signature does not hold gives nothing', () => {
  assert.equal(
    verifyJwt(token(headerText, '{"a":1}'), 'HS256', () => false),
    undefined,
  );
});

test('the check gets header and payload exactly as they came', () => {
  const text = token('{"alg":"ES256","kid":"k1"}', '{}', 'c2ln');
  verifyJwt(text, 'ES256', (jwt, header) => {
    assert.equal(`${jwt.signingInput}.${jwt.signature}`, text);
    assert.deepEqual(header, { alg: 'ES256', kid: 'k1' });
    return true;
  });
});

test('`alg` must be the expected one to the letter, also for a header that was seen before', () => {
  for (const alg of ['HS256', 'RS256', 'none', 'None', 'NONE', 'hs256', 'HS256 ', 'HS384', '', null, 1, ['HS256']]) {
    const text = token(JSON.stringify({ typ: 'JWT', alg }), '{}');
    for (const expected of ['HS256', 'RS256', 'ES256', 'HS256'] as const) {
      assert.equal(verifyJwt(text, expected, holds) !== undefined, alg === expected, `${alg} for ${expected}`);
    }
  }
  assert.equal(verifyJwt(token('{"typ":"JWT"}', '{}'), 'HS256', holds), undefined);
});

test('`crit` is refused whatever it holds, and so is a `kid` that is no text', () => {
  for (const more of [{ crit: ['exp'] }, { crit: [] }, { crit: null }, { kid: 1 }, { kid: null }, { kid: ['k'] }]) {
    assert.equal(readJwtHeader(encodeBase64url(JSON.stringify({ alg: 'HS256', ...more }))), undefined);
  }
  assert.deepEqual(readJwtHeader(encodeBase64url('{"alg":"HS256","kid":"k"}')), { alg: 'HS256', kid: 'k' });
});

test('a header or a payload that is no JSON object is refused', () => {
  for (const text of ['', '[]', 'null', '1', '"x"', '{', '{"alg":"HS256"}}', '\ufeff{"alg":"HS256"}', 'x']) {
    assert.equal(verifyJwt(token(text, '{}'), 'HS256', holds), undefined, `header ${text}`);
    assert.equal(verifyJwt(token(headerText, text), 'HS256', holds), undefined, `payload ${text}`);
  }
});

test('a payload that is not UTF-8 is refused', () => {
  const bad = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).toString('base64url');
  assert.equal(verifyJwt(`${encodeBase64url(headerText)}.${bad}.c2ln`, 'HS256', holds), undefined);
});

test('there are three parts, none of them empty', () => {
  for (const text of ['', '.', '..', '...', 'a', 'a.b', 'a.b.', 'a..c', '.b.c', 'a.b.c.', 'a.b.c.d', 'a.b.c.d.e']) {
    assert.equal(splitJwt(text), undefined, text);
  }
  assert.deepEqual(splitJwt('a.b.c'), { header: 'a', payload: 'b', signature: 'c', signingInput: 'a.b' });
});

test('padding, foreign characters and bits behind the last byte are refused in header and payload', () => {
  // 22 bytes leave four unused bits in the last character, so its successor means the same bytes.
  const part = encodeBase64url('{"alg":"HS256","a":11}');
  const successor = part.slice(0, -1) + String.fromCharCode(part.charCodeAt(part.length - 1) + 1);
  assert.deepEqual(Buffer.from(successor, 'base64url'), Buffer.from(part, 'base64url'));
  assert.ok(verifyJwt(`${part}.${part}.c2ln`, 'HS256', holds));
  for (const spoilt of [successor, `${part}=`, `${part}==`, ` ${part}`, `${part}\n`, `+${part}`, `${part}Ł`]) {
    assert.equal(verifyJwt(`${spoilt}.${part}.c2ln`, 'HS256', holds), undefined, `header ${JSON.stringify(spoilt)}`);
    assert.equal(verifyJwt(`${part}.${spoilt}.c2ln`, 'HS256', holds), undefined, `payload ${JSON.stringify(spoilt)}`);
  }
});

test('a token of 16 KiB is read, one byte more is not, and the bound is an option', () => {
  const start = `${encodeBase64url(headerText)}.e30.`;
  const long = (bytes: number): string => start + 'A'.repeat(bytes - start.length);
  assert.deepEqual(verifyJwt(long(maximumJwtBytes), 'HS256', holds), {});
  assert.equal(verifyJwt(long(maximumJwtBytes + 1), 'HS256', holds), undefined);
  assert.deepEqual(verifyJwt(long(100), 'HS256', holds, 100), {});
  assert.equal(verifyJwt(long(101), 'HS256', holds, 100), undefined);
});

test('nothing that is sent makes it throw', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json().map(encodeBase64url),
    fc.constantFrom(headerText, '{"alg":"HS256","crit":1}').map(encodeBase64url),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
      const payload = verifyJwt(parts.join('.'), 'HS256', holds);
      assert.ok(payload === undefined || typeof payload === 'object');
    }),
    { numRuns: 1000 },
  );
});

test('more headers than are remembered still each count for themselves', () => {
  for (let i = 0; i < 200; i++) {
    const text = token(JSON.stringify({ alg: i % 2 === 0 ? 'HS256' : 'ES256', kid: `k${i}` }), '{}');
    for (let again = 0; again < 2; again++) {
      assert.equal(verifyJwt(text, 'HS256', holds) !== undefined, i % 2 === 0);
      assert.equal(verifyJwt(text, 'ES256', holds) !== undefined, i % 2 === 1);
    }
  }
});
