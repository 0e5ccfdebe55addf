import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type AssertionClaims,
  type AssertionPolicy,
  assertionOverMs,
  assertionProblem,
  readClientAssertion,
} from './assertion.ts';

const nowSeconds = 1_000_000;
const nowMs = nowSeconds * 1000;

const policy: AssertionPolicy = {
  leewaySeconds: 30,
  longestLifetimeSeconds: 300,
  jtiLength: { minimum: 4, maximum: 8 },
  requiresJti: true,
  singleUse: true,
};

const claims: AssertionClaims = {
  issuer: 'app',
  subject: { kind: 'user', id: 'alice', create: false },
  audiences: ['server'],
  jti: 'abcd',
  exp: nowSeconds + 60,
  iat: undefined,
  nbf: undefined,
};

const problem = (change: Partial<AssertionClaims>, rules: Partial<AssertionPolicy> = {}, audiences = ['server']) =>
  assertionProblem({ ...claims, ...change }, { ...policy, ...rules }, audiences, nowMs);

/** Not numbers, or none that a clock shows. */
const impossible = [Number.NaN, Number.POSITIVE_INFINITY, 1e300];

describe('an assertion', () => {
  it('is good with what is needed, and with iat and nbf', () => {
    assert.equal(problem({}), undefined);
    assert.equal(problem({ iat: nowSeconds, nbf: nowSeconds }), undefined);
  });

  it('must name one of the audiences, to the letter', () => {
    assert.equal(problem({ audiences: ['other', 'server'] }), undefined);
    assert.equal(problem({}, {}, ['other', 'server']), undefined);
    for (const audiences of [[], ['Server'], ['server/'], ['']]) assert.equal(problem({ audiences }), 'aud');
    assert.equal(problem({}, {}, []), 'aud');
    assert.equal(problem({ audiences: [] }, {}, []), 'aud');
  });

  it('needs a jti of the length that the policy says, in characters', () => {
    const lengths = [3, 4, 5, 7, 8, 9].map((length) => problem({ jti: 'x'.repeat(length) }));
    assert.deepEqual(lengths, ['jti', undefined, undefined, undefined, undefined, 'jti']);
    assert.equal(problem({ jti: '虎符虎符虎符虎符' }), undefined);
    assert.equal(problem({ jti: '🐅🐅🐅🐅🐅🐅🐅🐅' }), undefined);
    assert.equal(problem({ jti: '🐅🐅🐅' }), 'jti');
  });

  it('may have no jti where the policy does not ask for one, but no empty one', () => {
    assert.equal(problem({ jti: undefined }), 'jti');
    assert.equal(problem({ jti: undefined }, { requiresJti: false }), undefined);
    assert.equal(problem({ jti: '' }, { requiresJti: false }), 'jti');
  });

  it('is over when its end and the leeway are', () => {
    const ends = [-31, -30, -29, 0].map((seconds) => problem({ exp: nowSeconds + seconds }));
    assert.deepEqual(ends, ['exp', 'exp', undefined, undefined]);
    assert.deepEqual(
      [-1, 0, 1].map((seconds) => problem({ exp: nowSeconds + seconds }, { leewaySeconds: 0 })),
      ['exp', 'exp', undefined],
    );
    assert.equal(problem({ exp: nowSeconds - 29.999 }), undefined);
  });

  it('lies no further ahead than an assertion may live, and the leeway', () => {
    const ends = [329, 330, 331].map((seconds) => problem({ exp: nowSeconds + seconds }));
    assert.deepEqual(ends, [undefined, undefined, 'lifetime']);
    assert.equal(problem({ exp: nowSeconds + 330.001 }), 'lifetime');
  });

  it('was not issued later than now and the leeway, however long ago it was', () => {
    const issued = [29, 30, 31].map((seconds) => problem({ iat: nowSeconds + seconds }));
    assert.deepEqual(issued, [undefined, undefined, 'iat']);
    assert.equal(problem({ iat: 0 }), undefined);
  });

  it('is not used before its nbf, less the leeway', () => {
    const from = [29, 30, 31].map((seconds) => problem({ nbf: nowSeconds + seconds }));
    assert.deepEqual(from, [undefined, undefined, 'nbf']);
  });

  it('is refused for a time that is no number, or none that a clock shows', () => {
    for (const seconds of impossible) {
      assert.ok(['exp', 'lifetime'].includes(problem({ exp: seconds }) ?? ''));
      assert.equal(problem({ iat: seconds }), 'iat');
      assert.equal(problem({ nbf: seconds }), 'nbf');
    }
    for (const seconds of [Number.NEGATIVE_INFINITY, -1, 0]) assert.equal(problem({ exp: seconds }), 'exp');
  });
});

describe('assertionOverMs', () => {
  it('is the first whole millisecond at which the assertion is refused', () => {
    for (const exp of [nowSeconds, nowSeconds + 0.5, nowSeconds + 0.000_7, nowSeconds - 0.000_7]) {
      const overMs = assertionOverMs({ exp }, policy);
      assert.ok(Number.isSafeInteger(overMs));
      const at = (atMs: number) => assertionProblem({ ...claims, exp }, policy, ['server'], atMs);
      assert.equal(at(overMs - 1), undefined);
      assert.equal(at(overMs), 'exp');
    }
  });
});

describe('readClientAssertion', () => {
  const payload = { iss: 'app', sub: 'app', aud: 'server', jti: 'abcd', exp: 1, iat: 2, nbf: 3 };

  it('reads the standard claims, with one audience or several', () => {
    const read = {
      issuer: 'app',
      subject: { kind: 'user', id: 'app', create: false },
      audiences: ['server'],
      jti: 'abcd',
      exp: 1,
      iat: 2,
      nbf: 3,
    };
    assert.deepEqual(readClientAssertion(payload), read);
    assert.deepEqual(readClientAssertion({ ...payload, aud: ['server', 'b'] }), {
      ...read,
      audiences: ['server', 'b'],
    });
  });

  it('takes what may be left out', () => {
    const { jti, iat, nbf, ...least } = payload;
    assert.deepEqual([jti, iat, nbf], ['abcd', 2, 3]);
    const read = readClientAssertion(least);
    assert.ok(typeof read === 'object' && read.jti === undefined && read.iat === undefined && read.nbf === undefined);
  });

  it('names the claim that is missing or of another type', () => {
    const wrongTexts = [undefined, null, '', 1, ['app'], {}];
    for (const wrong of wrongTexts) {
      assert.equal(readClientAssertion({ ...payload, iss: wrong }), 'iss');
      assert.equal(readClientAssertion({ ...payload, sub: wrong }), 'sub');
      if (!Array.isArray(wrong)) assert.equal(readClientAssertion({ ...payload, aud: wrong }), 'aud');
      if (wrong !== undefined) assert.equal(readClientAssertion({ ...payload, jti: wrong }), 'jti');
    }
    for (const aud of [[], [''], ['server', 1], [['server']]]) {
      assert.equal(readClientAssertion({ ...payload, aud }), 'aud');
    }
    for (const wrong of ['1', null, true, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.equal(readClientAssertion({ ...payload, exp: wrong }), 'exp');
      assert.equal(readClientAssertion({ ...payload, iat: wrong }), 'iat');
      assert.equal(readClientAssertion({ ...payload, nbf: wrong }), 'nbf');
    }
    assert.equal(readClientAssertion({ ...payload, exp: undefined }), 'exp');
  });
});
