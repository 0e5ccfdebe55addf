import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import golden from '../../../../wire/src/pds/golden/assertions.json' with { type: 'json' };
import { assertionProblem } from '../../core/assertion.ts';
import { secondMs } from '../../core/time.ts';
import { readPdsAssertion } from './assertion.ts';
import { sampleClient } from './call.sample.ts';
import { accessTokenFormat } from './formats.ts';
import { type PdsOptions, pdsDefaults } from './options.ts';
import { sessionSpeech } from './speech.ts';

const payloadOf = (id: string): Record<string, unknown> =>
  JSON.parse(golden.assertions.find((one) => one.id === id)?.payload ?? '');

const user = payloadOf('user');
const { nowSeconds } = golden;
const nowMs = nowSeconds * secondMs;

const assertionsOf = (options: Partial<PdsOptions> = {}) =>
  sessionSpeech({ ...pdsDefaults, ...options }, accessTokenFormat(pdsDefaults)).assertions;

/** What is wrong with an assertion of the sample application at the instant of the recording. */
function problem(change: Record<string, unknown>, options: Partial<PdsOptions> = {}): string | undefined {
  const { policy, audiences } = assertionsOf(options);
  const claims = readPdsAssertion({ ...user, ...change });
  return typeof claims === 'string' ? claims : assertionProblem(claims, policy, audiences(sampleClient), nowMs);
}

suite('assertions of the official SDK', () => {
  for (const { id, rule, payload } of golden.assertions) {
    test(`${id}: ${rule}`, () => {
      const claims = readPdsAssertion(JSON.parse(payload));
      if (id === 'user-without-id') return assert.equal(claims, 'sub');
      assert.ok(typeof claims === 'object');
      const { policy, audiences } = assertionsOf();
      assert.equal(assertionProblem(claims, policy, audiences(sampleClient), nowMs), undefined);
      assert.equal(claims.issuer, '25dzX3vbYqktVxyX');
      assert.deepEqual(claims.audiences, ['bj29']);
    });
  }

  test('a user is created only where it says so', () => {
    assert.deepEqual(readSubject('user'), { kind: 'user', id: 'u-1', create: false });
    assert.deepEqual(readSubject('user-options'), { kind: 'user', id: '用户 1', create: true });
  });
  test('the service account has the id of the domain', () => {
    assert.deepEqual(readSubject('service'), { kind: 'service', id: 'bj29' });
  });

  for (const jti of ['q', 'qc6hkwi', 'qc6hkwiznba12x', 'j'.repeat(128)]) {
    test(`a jti of ${jti.length} characters is taken`, () => assert.equal(problem({ jti }), undefined));
  }
});

function readSubject(id: string) {
  const claims = readPdsAssertion(payloadOf(id));
  return typeof claims === 'string' ? claims : claims.subject;
}

suite('an assertion is refused', () => {
  for (const [rule, change, expected] of [
    ['for another domain', { aud: 'hz1' }, 'aud'],
    ['for a list of domains', { aud: ['bj29'] }, 'aud'],
    ['of another kind', { sub_type: 'admin' }, 'sub_type'],
    ['of no kind', { sub_type: undefined }, 'sub_type'],
    ['without jti', { jti: undefined }, 'jti'],
    ['with a jti of 129 characters', { jti: 'j'.repeat(129) }, 'jti'],
    ['without exp', { exp: undefined }, 'exp'],
    ['with exp as text', { exp: '1' }, 'exp'],
    ['with auto_create as text', { auto_create: 'true' }, 'auto_create'],
    ['for a user id with a hash sign', { sub: 'a#b' }, 'sub'],
    ['for a user id with a line break', { sub: 'a\nb' }, 'sub'],
    ['for a user id that turns the direction of writing', { sub: 'a\u202eb' }, 'sub'],
    ['for a user id of 65 characters', { sub: 'u'.repeat(65) }, 'sub'],
    ['that calls the service account a user', { sub: 'bj29' }, 'sub'],
    ['that would create a user in place of the service account', { sub: 'bj29', auto_create: true }, 'sub'],
  ] as const) {
    test(rule, () => assert.equal(problem(change), expected));
  }

  test('for a user id of 64 characters it is not', () => assert.equal(problem({ sub: '用'.repeat(64) }), undefined));
});

suite('times of an assertion, with the default leeway of 60 s and longest life of an hour', () => {
  for (const [rule, change, expected] of [
    ['exp 59 s ago is taken', { exp: nowSeconds - 59 }, undefined],
    ['exp 60 s ago is over', { exp: nowSeconds - 60 }, 'exp'],
    ['exp an hour and a minute ahead is taken', { exp: nowSeconds + 3660 }, undefined],
    ['exp a second further is too far', { exp: nowSeconds + 3661 }, 'lifetime'],
    ['iat five minutes ago is taken, as the SDK sends it', { iat: nowSeconds - 300 }, undefined],
    ['iat an hour ago is taken', { iat: nowSeconds - 3600 }, undefined],
    ['no iat is taken', { iat: undefined }, undefined],
    ['iat 60 s ahead is taken', { iat: nowSeconds + 60 }, undefined],
    ['iat 61 s ahead is from the future', { iat: nowSeconds + 61 }, 'iat'],
    ['nbf 60 s ahead is taken', { nbf: nowSeconds + 60 }, undefined],
    ['nbf 61 s ahead is from the future', { nbf: nowSeconds + 61 }, 'nbf'],
  ] as const) {
    test(rule, () => assert.equal(problem(change), expected));
  }

  test('both are options', () => {
    const options = { assertionLeewaySeconds: 0, assertionMaximumSeconds: 60 };
    assert.equal(problem({ exp: nowSeconds + 60 }, options), undefined);
    assert.equal(problem({ exp: nowSeconds + 61 }, options), 'lifetime');
    assert.equal(problem({ exp: nowSeconds }, options), 'exp');
  });
  test('so are the lengths of jti', () => {
    assert.equal(problem({ jti: 'j'.repeat(15) }, { jtiMinimumLength: 16 }), 'jti');
    assert.equal(problem({ jti: 'j'.repeat(16) }, { jtiMinimumLength: 16 }), undefined);
    assert.equal(problem({ jti: 'j'.repeat(17) }, { jtiMaximumLength: 16 }), 'jti');
  });
  test('a replay is refused unless the operator accepts it', () => {
    assert.equal(assertionsOf().policy.singleUse, true);
    assert.equal(assertionsOf({ assertionReplay: 'accept' }).policy.singleUse, false);
  });
});
