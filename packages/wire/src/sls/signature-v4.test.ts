import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { suite, test } from 'node:test';
import { emptyBodySha256Hex } from './facts.ts';
import {
  accessKeyId,
  accessKeySecret,
  type RecordedRequest,
  recordedRequest,
  recordedRequests,
} from './golden/recorded.ts';
import signing from './golden/signing.json' with { type: 'json' };
import {
  canonicalRequestV4,
  parseAuthorization,
  percentEncodeAsSdk,
  percentEncodeStrict,
  scopeV4,
  signingKeyV4,
  stringToSignV4,
} from './signature.ts';

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function sign(request: RecordedRequest, percentEncode = percentEncodeAsSdk): string {
  const authorization = parseAuthorization(request.headers.authorization ?? '');
  assert.equal(authorization?.scheme, 'v4');
  const { day, region } = authorization;
  const canonical = canonicalRequestV4(request, request.headers['x-log-content-sha256'] ?? '', percentEncode);
  const text = stringToSignV4(request.headers['x-log-date'] ?? '', scopeV4(day, region), sha256(canonical));
  return hmac(signingKeyV4(accessKeySecret, day, region, hmac), text).toString('hex');
}

const recorded = recordedRequests.filter((request) => request.scheme === 'v4');

suite('v4: every recorded request gives its signature again', () => {
  for (const request of recorded) {
    test(`${request.id}: ${request.rule}`, () => {
      const strict = request.id === 'M4';
      assert.equal(sign(request, strict ? percentEncodeStrict : percentEncodeAsSdk), request.signature);
    });
  }

  test('the vectors of both regions are there', () => {
    assert.deepEqual(
      ['D', 'E', 'G'].filter((id) => !recorded.some((request) => request.id === id)),
      [],
    );
  });
});

suite('v4: the steps', () => {
  test('the canonical request of D is the recorded one, and so is its hash', () => {
    const canonical = canonicalRequestV4(recordedRequest('D'), emptyBodySha256Hex);
    assert.equal(canonical, signing.canonicalRequestOfD);
    assert.equal(sha256(canonical), signing.canonicalRequestSha256OfD);
  });

  test('the text to sign of D names scheme, time, scope and hash', () => {
    const scope = scopeV4('20241030', 'cn-shanghai');
    const text = stringToSignV4('20241030T030245Z', scope, signing.canonicalRequestSha256OfD);
    assert.equal(text, signing.stringToSignOfD);
  });

  for (const { day, region, hex } of signing.signingKeys) {
    test(`the signing key of ${day} in ${region} is the recorded one`, () => {
      assert.equal(signingKeyV4(accessKeySecret, day, region, hmac).toString('hex'), hex);
    });
  }

  test('the digest of an empty body is that of nothing', () => {
    assert.equal(sha256(''), emptyBodySha256Hex);
  });
});

suite('v4: the canonical request', () => {
  const request = recordedRequest('D');
  const canonical = (change: Partial<RecordedRequest>): string =>
    canonicalRequestV4({ ...request, ...change }, emptyBodySha256Hex);
  const withHeaders = (more: Record<string, string | undefined>): string =>
    canonical({ headers: { ...request.headers, ...more } });

  test('signs host with its port, content-type, x-acs and x-log headers, x-log-date included, and no other', () => {
    assert.notEqual(withHeaders({ host: '127.0.0.1' }), canonical({}));
    assert.notEqual(withHeaders({ 'content-type': 'application/json' }), canonical({}));
    assert.notEqual(withHeaders({ 'x-acs-extra': '1' }), canonical({}));
    assert.notEqual(withHeaders({ 'x-log-date': '20241030T030246Z' }), canonical({}));
    assert.equal(withHeaders({ date: 'any', accept: 'any', 'x-log-meta-owner': 'any' }), canonical({}));
  });

  test('leaves out an absent header and trims values', () => {
    assert.ok(!withHeaders({ host: undefined }).includes('host'));
    assert.equal(withHeaders({ host: ' 127.0.0.1:18080 ' }), canonical({}));
  });

  test('gives an empty value as the name alone and does not encode names', () => {
    const query = [['b c', ''] as const, ['a', '1 2'] as const];
    assert.equal(canonical({ query }).split('\n')[2], 'a=1%202&b c');
  });

  test('sorts parameters by name', () => {
    assert.equal(canonical({ query: request.query.toReversed() }), canonical({}));
  });
});

suite('v4: percent-encoding', () => {
  for (const { value, sdk, strict } of signing.percentEncoding) {
    test(`of ${value} as the TypeScript SDK does it and strictly`, () => {
      assert.equal(percentEncodeAsSdk(value), sdk);
      assert.equal(percentEncodeStrict(value), strict);
    });
  }

  test('a client with the other encoding of the marks signs differently', () => {
    const quirk = recordedRequest('Q4');
    const strict = recordedRequest('M4');
    assert.notEqual(sign(quirk, percentEncodeStrict), quirk.signature);
    assert.notEqual(sign(strict, percentEncodeAsSdk), strict.signature);
  });

  test('both encodings agree on a JWT', () => {
    const ticket = new Map(recordedRequest('G').query).get('ticket') ?? '';
    assert.match(ticket, /^[\w-]+\.[\w-]+\.[\w-]+$/);
    assert.equal(percentEncodeStrict(ticket), ticket);
    assert.equal(percentEncodeAsSdk(ticket), ticket);
  });

  test('the key of D belongs to the key id that the request names', () => {
    const authorization = parseAuthorization(recordedRequest('D').headers.authorization ?? '');
    assert.equal(authorization?.accessKeyId, accessKeyId);
  });
});
