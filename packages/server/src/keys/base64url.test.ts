import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { decodeBase64url, encodeBase64url } from './base64url.ts';

test('whatever is encoded is read back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      assert.deepEqual(decodeBase64url(Buffer.from(bytes).toString('base64url')), Buffer.from(bytes));
    }),
  );
  assert.equal(encodeBase64url('{"typ":"JWT","alg":"HS256"}'), 'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9');
});

test('only the canonical text is read', () => {
  const refused = [
    'QQ==',
    'QQ=',
    'QR',
    'QUF',
    'A',
    'AAAAA',
    '+_AA',
    '/-AA',
    'QQ QQ',
    'QQ\n',
    ' QQ',
    'Q.Q',
    'QŁ',
    'ＱＱ',
  ];
  for (const text of refused) assert.equal(decodeBase64url(text), undefined, JSON.stringify(text));
  for (const text of ['', 'QQ', 'QUE', 'QUFB', '-_-_']) assert.ok(decodeBase64url(text), text);
});
