import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { suite, test } from 'node:test';
import golden from '../../../wire/src/pds/golden/assertions.json' with { type: 'json' };
import { createAssertions } from '../keys/assertions.ts';
import { clientKeys } from '../keys/client-key.ts';
import { signPdsAssertion } from './sign-pds.ts';

suite('an assertion signed as the vendor’s SDK does', async () => {
  const { privateKeyPem, key } = await clientKeys.generate('RS256');
  const [recorded] = golden.assertions;
  assert.ok(recorded);

  test('has the recorded header and payload to the byte', () => {
    const [header, payload] = signPdsAssertion(privateKeyPem, recorded.payload).split('.');
    assert.equal(`${header}.${payload}`, recorded.assertion.split('.').slice(0, 2).join('.'));
  });

  test('is taken by the server’s own check, from a key in either format', () => {
    const pkcs1 = createPrivateKey(privateKeyPem).export({ type: 'pkcs1', format: 'pem' }).toString();
    for (const pem of [privateKeyPem, pkcs1]) {
      const claims = createAssertions(1).verify([key], ['RS256'], signPdsAssertion(pem, recorded.payload));
      assert.deepEqual(claims, JSON.parse(recorded.payload));
    }
  });
});
