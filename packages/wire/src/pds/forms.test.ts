import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { formMediaType, paths } from './facts.ts';
import { parseForm, sdkForms, type TokenRequest } from './forms.ts';
import { type RecordedRequest, recordedRequest, recordedRequests } from './golden/recorded.ts';

const reads = (body: string) => {
  const { values, duplicates, malformed } = parseForm(body);
  return { values: Object.fromEntries(values), duplicates, malformed };
};
const clean = { duplicates: [], malformed: 0 };

function build({ id, sdkMethod, params = {} }: RecordedRequest): TokenRequest {
  const { client_id = '', client_secret, redirect_uri, code = '', code_verifier, refresh_token = '' } = params;
  const { assertion = '', subdomain_id } = params;
  switch (sdkMethod) {
    case 'getUserJwtToken':
    case 'getServiceJwtToken':
      return sdkForms[sdkMethod]({ client_id, assertion, subdomain_id });
    case 'getTokenByCode':
      return sdkForms.getTokenByCode({
        client_id,
        client_secret,
        redirect_uri: redirect_uri ?? '',
        code,
        code_verifier,
      });
    case 'refreshToken':
      return sdkForms.refreshToken({ client_id, client_secret, redirect_uri, refresh_token });
    case 'refreshJwtToken':
      return sdkForms.refreshJwtToken({ client_id, refresh_token });
    default:
      throw new RangeError(`${id}: no form for ${sdkMethod}`);
  }
}

suite('forms of the SDK', () => {
  const buildable = recordedRequests.filter(({ params }) => params !== undefined);
  for (const request of buildable) {
    test(`${request.sdkMethod}, ${request.rule}: built to the byte`, () => {
      const { path, contentType, body } = build(request);
      assert.equal(body, request.body);
      assert.equal(path, request.path);
      assert.equal(contentType, request.headers['content-type']);
      assert.equal(`${Buffer.byteLength(body)}`, request.headers['content-length']);
    });
  }

  test('every method of the SDK has a recorded request', () => {
    assert.deepEqual([...new Set(buildable.map(({ sdkMethod }) => sdkMethod))].sort(), Object.keys(sdkForms).sort());
  });

  test('a member that is undefined is left out, unlike in the SDK', () => {
    const { client_id = '', redirect_uri = '', code = '' } = recordedRequest('code-native').params ?? {};
    const { body } = sdkForms.getTokenByCode({ client_id, client_secret: undefined, redirect_uri, code });
    assert.equal(body, recordedRequest('code-native').body);
    assert.notEqual(body, recordedRequest('code-undefined').body);
  });

  test('an empty secret is sent: only undefined is absent', () => {
    const { body } = sdkForms.refreshToken({ client_id: 'a', client_secret: '', refresh_token: 'b' });
    assert.equal(body, 'client_id=a&client_secret=&refresh_token=b&grant_type=refresh_token');
  });

  test('a refresh without redirect_uri is the shortest', () => {
    const { body } = sdkForms.refreshToken({ client_id: 'a', refresh_token: 'b' });
    assert.equal(body, 'client_id=a&refresh_token=b&grant_type=refresh_token');
  });

  test('a lone surrogate is refused with an error', () => {
    assert.throws(() => sdkForms.refreshToken({ client_id: '\ud800', refresh_token: 'b' }), URIError);
  });
});

suite('reading forms', () => {
  for (const request of recordedRequests.filter(({ path }) => path === paths.token)) {
    test(`${request.sdkMethod ?? request.id}, ${request.rule}: read`, () => {
      assert.deepEqual(reads(request.body), { values: request.values, ...clean });
    });
  }

  test('whatever is built is read again', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(text, text, text, text, (client_id, client_secret, redirect_uri, code) => {
        const { body, contentType } = sdkForms.getTokenByCode({ client_id, client_secret, redirect_uri, code });
        assert.equal(contentType, formMediaType);
        const values = { client_id, client_secret, redirect_uri, code, grant_type: 'code' };
        assert.deepEqual(reads(body), { values, ...clean });
      }),
    );
  });

  test('nothing makes it throw, and every piece is told: as a value, a duplicate or malformed', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('a=%', 'a=%ff', '=', 'b=1=2', '', '__proto__=1'),
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 2 }), (pieces) => {
        const body = pieces.join('&');
        const { values, duplicates, malformed } = parseForm(body);
        assert.ok(values.size + duplicates.length + malformed <= body.split('&').length);
        assert.ok(values.size + malformed > 0);
        for (const name of duplicates) assert.ok(values.has(name));
      }),
    );
  });

  test('an empty body has no members and no fault', () => assert.deepEqual(reads(''), { values: {}, ...clean }));

  test('a name that stands again is told once, and its first value stays', () => {
    const { values, duplicates, malformed } = reads('code=1&a=x&code=2&code=3&a=y');
    assert.deepEqual(values, { code: '1', a: 'x' });
    assert.deepEqual(duplicates, ['code', 'a']);
    assert.equal(malformed, 0);
  });

  test('the same value twice is a duplicate as well', () => assert.deepEqual(reads('a=1&a=1').duplicates, ['a']));

  for (const [rule, body, malformed] of [
    ['a piece without an equals sign', 'a=1&secret', 1],
    ['a piece without a name', '=1', 1],
    ['an ampersand at the end', 'a=1&', 1],
    ['two ampersands', 'a=1&&b=2', 1],
    ['a lone ampersand', '&', 2],
    ['a name with an escape', 'client%5Fid=1', 1],
    ['a name with a blank', ' a=1', 1],
    ['a name that begins with a digit', '1a=1', 1],
    ['a name that begins with an underscore', '__proto__=1', 1],
    ['a name of 65 characters', `${'a'.repeat(65)}=1`, 1],
    ['JSON', '{"grant_type":"refresh_token"}', 1],
  ] as const) {
    test(`${rule} is malformed`, () => assert.equal(parseForm(body).malformed, malformed));
  }

  test('a name may have 64 characters', () => {
    assert.deepEqual(reads(`${'a'.repeat(64)}=1`), { values: { ['a'.repeat(64)]: '1' }, ...clean });
  });

  for (const [rule, body, value] of [
    ['a plus is a plus', 'a=1+2', '1+2'],
    ['an escaped plus is a plus', 'a=1%2B2', '1+2'],
    ['an escaped blank is a blank', 'a=1%202', '1 2'],
    ['a bare blank is a blank', 'a=1 2', '1 2'],
    ['only the first equals sign separates', 'a=b==', 'b=='],
    ['an empty value is a value', 'a=', ''],
    ['escapes may be in lower case', 'a=%e4%b8%ad', '中'],
    ['a bare letter of any script is itself', 'a=中', '中'],
    ['a percent sign at the end is itself', 'a=100%', '100%'],
    ['bytes that are no UTF-8 stay as they are', 'a=%ff', '%ff'],
    ['one bad escape leaves the good ones alone', 'a=%41%zz', '%41%zz'],
    ['a value is decoded once', 'a=%2541', '%41'],
  ] as const) {
    test(rule, () => assert.deepEqual(reads(body), { values: { a: value }, ...clean }));
  }
});
