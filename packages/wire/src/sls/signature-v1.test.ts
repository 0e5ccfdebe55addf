import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { suite, test } from 'node:test';
import { signatureMethods } from './facts.ts';
import { accessKeySecret, type RecordedRequest, recordedRequest, recordedRequests } from './golden/recorded.ts';
import signing from './golden/signing.json' with { type: 'json' };
import { parseAuthorization, requestTimeV1, type SignedRequest, stringToSignV1 } from './signature.ts';

const isMethod = (text: string): text is keyof typeof signatureMethods => Object.hasOwn(signatureMethods, text);

function sign(request: RecordedRequest, date: string | undefined = request.headers.date): string {
  const method = request.headers['x-log-signaturemethod'] ?? '';
  assert.ok(isMethod(method), method);
  return createHmac(signatureMethods[method], accessKeySecret).update(stringToSignV1(request, date)).digest('base64');
}

const recorded = recordedRequests.filter((request) => request.scheme === 'v1');

suite('v1: every recorded request gives its signature again', () => {
  for (const request of recorded) {
    test(`${request.id}: ${request.rule}`, () => {
      const authorization = parseAuthorization(request.headers.authorization ?? '');
      assert.equal(authorization?.scheme, 'v1');
      assert.equal(authorization?.signature, request.signature);
      assert.equal(sign(request, request.headers.date ?? requestTimeV1(request.headers)), request.signature);
    });
  }

  test('the vectors of both hashes are there', () => {
    const methods = new Set(recorded.map((request) => request.headers['x-log-signaturemethod']));
    assert.deepEqual([...methods].sort(), Object.keys(signatureMethods).sort());
    assert.deepEqual(
      ['A', 'A0', 'B', 'C', 'S', 'X1'].filter((id) => !recorded.some((request) => request.id === id)),
      [],
    );
  });
});

suite('v1: the text to sign', () => {
  test('of A is the recorded one, byte for byte', () => {
    assert.equal(stringToSignV1(recordedRequest('A')), signing.stringToSignOfA);
  });

  test('holds query values decoded', () => {
    const { target, path, query } = recordedRequest('Q1');
    assert.equal(target, `${path}?${signing.decodedQuery.wire}`);
    assert.ok(stringToSignV1({ method: 'POST', path, query, headers: {} }).endsWith(`?${signing.decodedQuery.signed}`));
  });

  test('has no question mark without a query', () => {
    assert.equal(stringToSignV1(recordedRequest('A0')).split('\n').at(-1), '/tickets');
  });

  test('keeps an empty value with its equals sign', () => {
    const bare: SignedRequest = { method: 'POST', path: '/tickets', query: [['expirationTime', '']], headers: {} };
    assert.equal(stringToSignV1(bare), 'POST\n\n\n\n/tickets?expirationTime=');
  });

  test('sorts parameters by name, whatever order they came in', () => {
    const request = recordedRequest('A');
    const reversed = { ...request, query: request.query.toReversed() };
    assert.equal(stringToSignV1(reversed), stringToSignV1(request));
  });

  test('leaves out x-log-date and x-log-meta headers, and takes every other x-log and x-acs header', () => {
    const request = recordedRequest('A');
    const text = (more: Record<string, string>) =>
      stringToSignV1({ ...request, headers: { ...request.headers, ...more } });
    assert.equal(text({ 'x-log-date': 'any' }), text({}));
    assert.equal(text({ 'x-log-meta-owner': 'any' }), text({}));
    assert.equal(text({ 'user-agent': 'any', host: 'any', 'x-logger': 'any' }), text({}));
    assert.notEqual(text({ 'x-log-trace': 'any' }), text({}));
    assert.notEqual(text({ 'x-acs-security-token': 'any' }), text({}));
  });

  test('changes with every part that is signed', () => {
    const request = recordedRequest('X1');
    const { headers } = request;
    const variants: SignedRequest[] = [
      { ...request, method: 'PUT' },
      { ...request, path: '/tickets/' },
      { ...request, query: [['expirationTime', '86401']] },
      { ...request, query: [...request.query, ['ticket', '']] },
      { ...request, headers: { ...headers, 'content-md5': '' } },
      { ...request, headers: { ...headers, 'content-type': 'text/plain' } },
      { ...request, headers: { ...headers, date: 'Wed, 30 Oct 2024 03:02:46 GMT' } },
      { ...request, headers: { ...headers, 'x-log-bodyrawsize': '8' } },
    ];
    const texts = new Set([request, ...variants].map((variant) => stringToSignV1(variant)));
    assert.equal(texts.size, variants.length + 1);
  });

  test('the digest header of X1 is the upper-case MD5 of its body', () => {
    const { body, headers } = recordedRequest('X1');
    assert.equal(createHash('md5').update(body).digest('hex').toUpperCase(), headers['content-md5']);
    assert.equal(String(Buffer.byteLength(body)), headers['x-log-bodyrawsize']);
  });
});

suite('v1: the time that the skew check reads', () => {
  test('is x-log-date where it is present, else Date', () => {
    assert.equal(requestTimeV1({ date: 'd', 'x-log-date': 'x' }), 'x');
    assert.equal(requestTimeV1({ 'x-log-date': 'x' }), 'x');
    assert.equal(requestTimeV1({ date: 'd' }), 'd');
    assert.equal(requestTimeV1({}), undefined);
  });

  test('may stand in for a Date that was signed and then dropped', () => {
    const request = recordedRequest('L2');
    assert.equal(request.headers.date, undefined);
    assert.notEqual(sign(request), request.signature);
    assert.equal(sign(request, requestTimeV1(request.headers)), request.signature);
  });
});
