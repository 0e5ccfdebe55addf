import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identityKey } from './identity.ts';
import { keyHash } from './short-hash.ts';

test('a key says its provider and depends on every part, but not on their order', () => {
  const key = identityKey('pds', { domain: 'bj1', user: 'u', scope: undefined });
  assert.match(key, /^pds:[0-9a-f]{40}$/);
  assert.equal(key, identityKey('pds', { user: 'u', domain: 'bj1' }));
  assert.notEqual(key, identityKey('pds', { domain: 'bj1u', user: '' }));
});

test('the hash of a key does not show the key', () => {
  assert.match(keyHash('pds:alice'), /^[0-9a-f]{14}$/);
});
