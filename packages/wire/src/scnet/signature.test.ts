import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { recordedRequests, secretKey } from './golden/recorded.ts';
import golden from './golden/signing.json' with { type: 'json' };
import { readSignature, readTimestamp, sign, stringToSign, timestampText } from './signature.ts';

const hmac = (key: string | Uint8Array, text: string): string => createHmac('sha256', key).update(text).digest('hex');

const vector = (id: string) => {
  const found = golden.vectors.find((one) => one.id === id);
  assert.ok(found, id);
  return found;
};

suite('AK/SK: every vector', () => {
  for (const login of golden.vectors) {
    test(`${login.id}: ${login.rule}`, () => {
      assert.equal(stringToSign(login), login.message);
      assert.equal(Buffer.byteLength(stringToSign(login)), login.bytes);
      assert.equal(sign(login.secretKey, login, hmac), login.signature);
    });
  }

  for (const { rule, of, message, signature } of golden.mustNotMatch) {
    test(`${of} does not match with ${rule}`, () => {
      const login = vector(of);
      assert.equal(hmac(login.secretKey, message), signature);
      assert.notEqual(stringToSign(login), message);
      assert.notEqual(sign(login.secretKey, login, hmac), signature);
    });
  }

  test(`${golden.decodedKey.of} does not match with ${golden.decodedKey.rule}`, () => {
    const login = vector(golden.decodedKey.of);
    assert.equal(hmac(Buffer.from(login.secretKey, 'hex'), login.message), golden.decodedKey.signature);
    assert.notEqual(sign(login.secretKey, login, hmac), golden.decodedKey.signature);
  });

  for (const { id, values } of recordedRequests.filter(({ operation }) => operation === 'accessKeyLogin')) {
    test(`${id}: the recorded signature is that of its headers`, () => {
      const { user = '', accessKey = '', timestamp = '', signature } = values;
      assert.equal(sign(secretKey, { user, accessKey, timestamp }, hmac), signature);
    });
  }

  test('the key and the text are given to the hash as they are, and its promise is passed on', async () => {
    const login = { accessKey: 'a', timestamp: '1', user: '张"三\\' };
    const given: string[] = [];
    const result = sign('密钥', login, (key, text) => {
      given.push(key, text);
      return Promise.resolve('hex');
    });
    assert.equal(await result, 'hex');
    assert.deepEqual(given, ['密钥', '{"accessKey":"a","timestamp":"1","user":"张\\"三\\\\"}']);
  });
});

suite('the text to sign', () => {
  const text = fc.string({ unit: 'binary' });

  test('is JSON that says the three texts again, in one order, whatever order they were given in', () => {
    fc.assert(
      fc.property(text, text, text, (accessKey, timestamp, user) => {
        const written = stringToSign({ user, timestamp, accessKey });
        assert.deepEqual(Object.entries(JSON.parse(written)), [
          ['accessKey', accessKey],
          ['timestamp', timestamp],
          ['user', user],
        ]);
      }),
    );
  });

  test('leaves everything beyond ASCII as it is', () => {
    const user = fc.string({ unit: fc.integer({ min: 0x80, max: 0xd7ff }).map((code) => String.fromCharCode(code)) });
    fc.assert(
      fc.property(user, (name) => {
        assert.ok(stringToSign({ accessKey: 'a', timestamp: '1', user: name }).endsWith(`"user":"${name}"}`));
      }),
    );
  });

  test('differs wherever one of the three does, with quotes in them too', () => {
    const signed = fc.record({ accessKey: text, timestamp: text, user: text });
    const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);
    fc.assert(fc.property(signed, signed, (a, b) => assert.equal(stringToSign(a) === stringToSign(b), same(a, b))));
    const tricked = { accessKey: 'a","timestamp":"1', timestamp: '', user: 'b' };
    assert.notEqual(stringToSign(tricked), stringToSign({ accessKey: 'a', timestamp: '1', user: 'b' }));
  });

  test('has no other members, whatever the login carries', () => {
    const login = { accessKey: 'a', timestamp: '1', user: 'b', signature: 'x', orgid: 'y' };
    assert.equal(stringToSign(login), '{"accessKey":"a","timestamp":"1","user":"b"}');
  });
});

suite('timestamps', () => {
  const { timestamp, instant } = golden.time;

  test('are unix seconds as text', () => {
    assert.equal(timestampText(Date.parse(instant) / 1000), timestamp);
    assert.equal(readTimestamp(timestamp), Date.parse(instant) / 1000);
  });

  test('have no fraction: it is cut off', () => {
    assert.equal(timestampText(1_764_597_591.999), timestamp);
    assert.equal(readTimestamp(`${timestamp}.0`), undefined);
  });

  test('may have ten digits', () => {
    assert.equal(readTimestamp('9999999999'), 9_999_999_999);
    assert.equal(readTimestamp('10000000000'), undefined);
    assert.equal(readTimestamp('0'), 0);
  });

  for (const wrong of ['', ' 1', '1 ', '-1', '+1', '01', '1e9', '0x1', '1_000', '１２３', `${timestamp}000`, 'NaN']) {
    test(`"${wrong}" is none`, () => assert.equal(readTimestamp(wrong), undefined));
  }
});

suite('signatures as they are sent', () => {
  const { signature } = vector('V1');

  test('may be in upper case, and are read in lower', () => {
    assert.equal(readSignature(signature), signature);
    assert.equal(readSignature(signature.toUpperCase()), signature);
  });

  for (const wrong of [
    '',
    signature.slice(1),
    `${signature}0`,
    `${signature.slice(1)}g`,
    ` ${signature}`,
    ...golden.truncatedOnThePage,
  ]) {
    test(`"${wrong}" is none`, () => assert.equal(readSignature(wrong), undefined));
  }
});
