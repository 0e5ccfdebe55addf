import assert from 'node:assert/strict';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { describe, it } from 'node:test';
import { recordedRequests, secretKey } from '../../../../wire/src/scnet/golden/recorded.ts';
import signing from '../../../../wire/src/scnet/golden/signing.json' with { type: 'json' };
import type { Hashing, SecretView, SignatureProof } from '../../core/proof.ts';
import { parsed, sampleOrgId, sampleRequest } from './call.sample.ts';
import { createScnetDialect } from './index.ts';

const dialect = createScnetDialect();
const hashing: Pick<Hashing, 'hmacText' | 'equal'> = {
  hmacText: (algorithm, key, text, encoding) => createHmac(algorithm, key).update(text).digest(encoding),
  equal: (a, b) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b)),
};
const secretOf = (text: string): SecretView => ({ text, memo: (_label, derive) => derive() });
const verify = (proof: SignatureProof, secret: string): boolean =>
  // As much of hashing as this proof uses.
  proof.verify(secretOf(secret), hashing as Hashing);

const accessKeyLogin = {
  user: 'bob',
  accesskey: '85f96a42b13f4d2c8b760d2775bbcca8',
  signature: 'dd36e87aa946caccb572383dc765341b94de2e9546e5b5b92a8969e505259146',
  timestamp: '1764597591',
};
const passwordLogin = { user: 'test', password: 'test@123', orgid: sampleOrgId };

function refusalOf(outcome: ReturnType<typeof parsed>): readonly [problem: string, detail: string] {
  assert.ok(!outcome.ok);
  assert.equal(outcome.reason.code, 'request_malformed');
  return outcome.reason.code === 'request_malformed' ? [outcome.reason.problem, outcome.reason.detail] : ['', ''];
}

describe('a recorded request', () => {
  for (const { id, rule, operation, headers, body, values } of recordedRequests) {
    it(`becomes the command that it means: ${id}, ${rule}`, () => {
      const outcome = dialect.parse(sampleRequest(operation, headers, { body }));
      assert.ok(outcome.ok);
      const { command } = outcome;
      assert.equal(command.operation, operation);
      assert.ok('proof' in command);
      const { proof } = command;
      switch (proof.kind) {
        case 'password':
          assert.deepEqual(
            { user: proof.userName, password: proof.password, orgId: proof.organisation },
            { user: values.user, password: values.password, orgId: values.orgId },
          );
          break;
        case 'signature':
          assert.deepEqual([proof.userName, proof.accessKeyId], [values.user, values.accessKey]);
          assert.equal(proof.requestTime.atMs, Number(values.timestamp) * 1000);
          assert.equal(verify(proof, secretKey), true);
          assert.equal(verify(proof, `${secretKey}0`), false);
          break;
        case 'token':
          assert.equal(proof.token, values.token);
          break;
      }
    });
  }

  it('is of every operation', () => {
    assert.deepEqual(
      new Set(recordedRequests.map(({ operation }) => operation)),
      new Set(['passwordLogin', 'accessKeyLogin', 'renew', 'state', 'center', 'user']),
    );
  });
});

describe('a signature', () => {
  for (const { id, user, accessKey, timestamp, secretKey: secret, signature } of signing.vectors) {
    it(`holds over the name as it is meant: ${id}`, () => {
      const header = Buffer.from(user, 'utf8').toString('latin1');
      const outcome = parsed('accessKeyLogin', { user: header, accesskey: accessKey, signature, timestamp });
      assert.ok(outcome.ok && outcome.command.do === 'sign_in' && outcome.command.proof.kind === 'signature');
      assert.equal(verify(outcome.command.proof, secret), true);
    });
  }

  for (const { rule, signature } of [...signing.mustNotMatch, ...[signing.decodedKey].flat()]) {
    it(`does not hold over another text or key: ${rule}`, () => {
      const outcome = parsed('accessKeyLogin', { ...accessKeyLogin, signature });
      assert.ok(outcome.ok && outcome.command.do === 'sign_in' && outcome.command.proof.kind === 'signature');
      assert.equal(verify(outcome.command.proof, secretKey), false);
    });
  }

  it('in upper case is the same number', () => {
    const outcome = parsed('accessKeyLogin', { ...accessKeyLogin, signature: accessKeyLogin.signature.toUpperCase() });
    assert.ok(outcome.ok && outcome.command.do === 'sign_in' && outcome.command.proof.kind === 'signature');
    assert.equal(outcome.command.proof.signature, accessKeyLogin.signature);
    assert.equal(verify(outcome.command.proof, secretKey), true);
  });

  it('is judged by the window of the options', () => {
    const outcome = parsed('accessKeyLogin', accessKeyLogin, {}, { timestampWindowSeconds: 7 });
    assert.ok(outcome.ok && outcome.command.do === 'sign_in' && outcome.command.proof.kind === 'signature');
    assert.equal(outcome.command.proof.clockSkewSeconds, 7);
  });
});

describe('a request that does not follow the form', () => {
  for (const [operation, headers] of [
    ['passwordLogin', passwordLogin],
    ['accessKeyLogin', accessKeyLogin],
    ['renew', { token: 'x' }],
    ['state', { token: 'x' }],
    ['center', { token: 'x' }],
    ['user', { token: 'x' }],
  ] as const) {
    for (const missing of Object.keys(headers)) {
      it(`is 10003 without ${missing}, or with an empty one: ${operation}`, () => {
        const { [missing]: _gone, ...rest } = { ...headers } as Record<string, string>;
        for (const given of [rest, { ...headers, [missing]: '' }]) {
          const [problem, detail] = refusalOf(parsed(operation, given));
          assert.equal(problem, '10003');
          assert.equal(detail.toLowerCase(), `header ${missing}`);
        }
      });
    }

    it(`is 10004 with a header twice: ${operation}`, () => {
      assert.deepEqual(refusalOf(parsed(operation, headers, { duplicateHeader: 'token' })), [
        '10004',
        'duplicate header',
      ]);
    });

    it(`takes no body, {} and white space, and nothing else: ${operation}`, () => {
      for (const body of ['', '{}', ' {\n} ', '\r\n'])
        assert.equal(parsed(operation, headers, { body }).ok, true, body);
      for (const body of ['{"user":"x"}', '[]', 'null', '{', 'user=x', '{}{}', '\u0000']) {
        assert.deepEqual(refusalOf(parsed(operation, headers, { body })), ['10004', 'body'], body);
      }
    });
  }

  for (const timestamp of ['1764597591000', ' 1', '+1', '-1', '01', '1.5', '1e9', 'now', '１']) {
    it(`is 10004 with the timestamp ${JSON.stringify(timestamp)}`, () => {
      assert.deepEqual(refusalOf(parsed('accessKeyLogin', { ...accessKeyLogin, timestamp })), [
        '10004',
        'header timestamp',
      ]);
    });
  }

  for (const signature of ['x', accessKeyLogin.signature.slice(1), `${accessKeyLogin.signature}0`, 'g'.repeat(64)]) {
    it(`is 10004 with the signature ${signature.slice(0, 4)}… of ${signature.length}`, () => {
      assert.deepEqual(refusalOf(parsed('accessKeyLogin', { ...accessKeyLogin, signature })), [
        '10004',
        'header signature',
      ]);
    });
  }

  it('keeps what was sent out of the audit log', () => {
    const outcome = parsed('accessKeyLogin', { ...accessKeyLogin, signature: 'my secret' });
    assert.ok(!outcome.ok);
    assert.doesNotMatch(JSON.stringify(outcome.reason), /my secret/);
  });
});

describe('names in headers', () => {
  for (const [what, header, name] of [
    ['UTF-8', Buffer.from('张三', 'utf8').toString('latin1'), '张三'],
    ['Latin-1 that is no UTF-8', 'caf\u00e9', 'café'],
    ['quotes and backslashes', 'a"b\\c', 'a"b\\c'],
    ['a percent sign', '100%41', '100%41'],
  ] as const) {
    it(`are read as they are meant: ${what}`, () => {
      const outcome = parsed('passwordLogin', { ...passwordLogin, user: header, password: header });
      assert.ok(outcome.ok && outcome.command.do === 'sign_in' && outcome.command.proof.kind === 'password');
      assert.deepEqual([outcome.command.proof.userName, outcome.command.proof.password], [name, name]);
    });
  }
});
