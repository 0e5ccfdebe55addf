import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clientAssertionType } from '@hufu/wire/oauth';
import type { ClientProof } from '../../core/proof.ts';
import type { Decision } from '../../core/reasons.ts';
import { readClientProof, requireProof } from './client-proof.ts';
import { basicHeader } from './request.sample.ts';

const read = (fields: Record<string, string>, authorization?: string): Decision<ClientProof> =>
  readClientProof({ authorization }, new Map(Object.entries(fields)));
const problemOf = (decision: Decision<unknown>): string => {
  if (decision.ok) return 'ok';
  return decision.reason.code === 'request_malformed' ? decision.reason.problem : decision.reason.code;
};
const proofOf = (decision: Decision<ClientProof>): ClientProof => {
  assert.ok(decision.ok);
  return decision.value;
};
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const inBody = { client_id: 'app', client_secret: 's' };
const signed = { client_assertion: 'a.b.c', client_assertion_type: clientAssertionType };
const basic = basicHeader('app', 's');

describe('a client', () => {
  it('proves itself by HTTP Basic, by a secret in the body, by an assertion, or only names itself', () => {
    const secret = { kind: 'client_secret', clientId: 'app', clientSecret: 's' };
    assert.deepEqual(proofOf(read({}, basic)), secret);
    assert.deepEqual(proofOf(read(inBody)), secret);
    assert.deepEqual(proofOf(read({ client_id: 'app' })), { kind: 'client_name', clientId: 'app' });
    const assertion = { kind: 'client_assertion', assertion: 'a.b.c' };
    assert.deepEqual(proofOf(read(signed)), { ...assertion, clientId: undefined });
    assert.deepEqual(proofOf(read({ ...signed, client_id: 'app' })), { ...assertion, clientId: 'app' });
  });

  it('is refused with more than one way (RFC 6749, section 2.3)', () => {
    for (const [fields, header] of [
      [{ client_secret: 's' }, basic],
      [inBody, basic],
      [signed, basic],
      [{ ...inBody, ...signed }, undefined],
      [{ ...inBody, ...signed }, basic],
    ] as const) {
      assert.equal(problemOf(read(fields, header)), 'invalid_request');
    }
  });

  it('may name itself beside HTTP Basic, but nobody else', () => {
    assert.equal(problemOf(read({ client_id: 'app' }, basic)), 'ok');
    assert.equal(problemOf(read({ client_id: 'other' }, basic)), 'invalid_request');
  });

  it('is nobody without a name', () => {
    assert.equal(problemOf(read({})), 'invalid_client');
    assert.equal(problemOf(read({ client_secret: 's' })), 'invalid_client');
    for (const id of ['a\nb', '虎', 'a'.repeat(257)])
      assert.equal(problemOf(read({ client_id: id })), 'invalid_client');
    assert.equal(problemOf(read({ client_id: 'a'.repeat(256) })), 'ok');
  });

  it('says what kind of assertion it sends', () => {
    assert.equal(problemOf(read({ client_assertion: 'a.b.c' })), 'invalid_request');
    const saml = 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer';
    assert.equal(problemOf(read({ client_assertion: 'a.b.c', client_assertion_type: saml })), 'invalid_client');
  });

  it('needs more than its name where a proof is required', () => {
    assert.equal(problemOf(requireProof(proofOf(read({ client_id: 'app' })))), 'invalid_client');
    for (const proof of [read(inBody), read({}, basic), read(signed)]) {
      assert.equal(problemOf(requireProof(proofOf(proof))), 'ok');
    }
  });
});

describe('HTTP Basic', () => {
  it('has both halves form-encoded (RFC 6749, section 2.3.1 and appendix B)', () => {
    const header = `basic ${base64('a%3Ab+c:p%3A%25%2B%E8%99%8E+:x')}`;
    assert.deepEqual(proofOf(read({}, header)), {
      kind: 'client_secret',
      clientId: 'a:b c',
      clientSecret: 'p:%+虎 :x',
    });
  });

  it('is base64 with or without padding', () => {
    for (const text of ['app:s', 'app:se', 'app:sec']) {
      assert.equal(problemOf(read({}, `Basic ${base64(text)}`)), 'ok');
      assert.equal(problemOf(read({}, `Basic ${base64(text).replace(/=+$/, '')}`)), 'ok');
    }
  });

  it('fails as invalid_client where it is anything else', () => {
    for (const header of [
      '',
      'Basic',
      'Basic ',
      'Basic =',
      'Basic a',
      'Basic !!!!',
      `Basic ${base64('app')}`,
      `Basic ${base64(':secret')}`,
      `Basic ${base64('app:')}`,
      `Basic ${base64('app:%')}`,
      `Basic ${base64('a%ff:s')}`,
      `Basic ${Buffer.from([0x61, 0x3a, 0xff]).toString('base64')}`,
      `Basic ${base64('app:s')} x`,
      `Basic ${base64(`${'a'.repeat(257)}:s`)}`,
      `Basic ${base64('a\u0000:s')}`,
      'Bearer abc',
      'LOG a:b',
    ]) {
      assert.equal(problemOf(read({}, header)), 'invalid_client', JSON.stringify(header));
    }
  });
});
