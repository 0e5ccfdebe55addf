import assert from 'node:assert/strict';
import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { signOpaque, verifyOpaque } from './opaque.ts';
import { openKey } from './open-key.ts';

const keyNamed = (id: string) => openKey(id, 'HS256', createSecretKey(randomBytes(32)));
const key = keyNamed('key-1');
const token = signOpaque(key, '{"a":1}');

describe('an opaque token', () => {
  it('gives its payload to the key that made it', () => {
    assert.deepEqual(verifyOpaque([keyNamed('key-0'), key], token), { a: 1 });
  });

  it('is nothing to another key, even one of the same name', () => {
    assert.equal(verifyOpaque([keyNamed('key-1')], token), undefined);
    assert.equal(verifyOpaque([keyNamed('key-2')], token), undefined);
    assert.equal(verifyOpaque([], token), undefined);
  });

  it('is nothing with any one character changed', () => {
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'A' ? 'B' : 'A';
      assert.equal(verifyOpaque([key], token.slice(0, at) + other + token.slice(at + 1)), undefined);
    }
  });

  it('is no JWT, and no JWT is one', () => {
    assert.equal(token.split('.').length, 4);
    assert.equal(verifyOpaque([key], key.sign({ header: { typ: 'JWT' }, payload: '{}' })), undefined);
  });
});
