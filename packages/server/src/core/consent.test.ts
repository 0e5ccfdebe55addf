import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { allowed, type ConsentAsk, consentWords, isAllowed, isUnproven } from './consent.ts';
import { isScope } from './scope.ts';

const ask = (scope: string | undefined, resource?: string): ConsentAsk => ({ scope, resource });
const photos = 'https://photos.example';

test('who was never asked has allowed nothing, not even a bare sign-in', () => {
  assert.equal(isAllowed(undefined, ask(undefined)), false);
  assert.equal(isAllowed({ scope: '' }, ask(undefined)), true);
});

test('a consent holds for what was allowed and for less', () => {
  const consent = { scope: 'read write' };
  assert.equal(isAllowed(consent, ask('write read')), true);
  assert.equal(isAllowed(consent, ask('read')), true);
  assert.equal(isAllowed(consent, ask(undefined)), true);
  assert.equal(isAllowed(consent, ask('read delete')), false);
});

test('a scope at one resource is none at another, nor at the default one', () => {
  const consent = { scope: allowed(undefined, ask('read', photos)) };
  assert.equal(isAllowed(consent, ask('read', photos)), true);
  assert.equal(isAllowed(consent, ask('read', 'https://mail.example')), false);
  assert.equal(isAllowed(consent, ask('read')), false);
  assert.equal(isAllowed({ scope: 'read' }, ask('read', photos)), false);
});

test('a resource is asked about even where no scope is', () => {
  assert.equal(isAllowed({ scope: '' }, ask(undefined, photos)), false);
  assert.equal(isAllowed({ scope: allowed(undefined, ask(undefined, photos)) }, ask(undefined, photos)), true);
});

test('no scope can be named to pass for a scope at a resource', () => {
  fc.assert(
    fc.property(fc.string().filter(isScope), fc.webUrl(), (scope, resource) => {
      assert.equal(isAllowed({ scope: consentWords(ask(scope)) }, ask(scope, resource)), false);
      assert.equal(isScope(consentWords(ask(scope, resource))), false);
    }),
  );
});

test('what is allowed now is remembered beside what was allowed before, each word once', () => {
  assert.equal(allowed({ scope: 'read' }, ask('write read')), 'read write');
  assert.equal(allowed({ scope: 'read' }, ask(undefined)), 'read');
  assert.equal(allowed({ scope: '' }, ask(undefined)), '');
  assert.equal(allowed({ scope: 'read' }, ask('read write', photos)), `read read"${photos} write"${photos}`);
});

test('a client without a secret proves itself by its host alone: loopback and schemes are anybody’s', () => {
  const cases = [
    ['none', 'https://app.example/cb', false],
    ['none', 'http://127.0.0.1:3000/cb', true],
    ['none', 'http://localhost:3000/cb', true],
    ['none', 'com.example.app:/cb', true],
    ['client_secret', 'http://127.0.0.1:3000/cb', false],
    ['private_key_jwt', 'com.example.app:/cb', false],
  ] as const;
  for (const [authentication, uri, expected] of cases) assert.equal(isUnproven({ authentication }, uri), expected, uri);
});
