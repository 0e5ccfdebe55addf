import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import {
  type ErrorCode,
  errorBody,
  errorStatus,
  messages,
  readErrorBody,
  sdkRefreshCodes,
  statusOfCode,
  suffixedCode,
  suffixOf,
} from './errors.ts';
import golden from './golden/errors.json' with { type: 'json' };

const table = new Map<string, number>(Object.entries(errorStatus));
const isCode = (code: string): code is ErrorCode => table.has(code);

const words: Partial<Record<ErrorCode, string>> = {
  InvalidParameter: messages.invalid('{p}').trimEnd(),
  InvalidParameterEmpty: messages.empty('{p}'),
  InvalidParameterWrongFormat: messages.wrongFormat('{p}'),
  InvalidRequestJSONFormat: messages.invalidJson('{p}'),
  InvalidParameterNotSupported: messages.notSupported('{p}'),
  InvalidParameterMissing: messages.missing('{p}'),
  InvalidParameterNotMatch: messages.notMatch('{p}'),
  InvalidParameterOutOfRange: messages.outOfRange('{p}'),
  AccessTokenInvalid: messages.accessTokenInvalid,
  Forbidden: messages.forbidden,
  ForbiddenNoPermission: messages.noPermission('{p}'),
  NotFound: messages.notFound('{p}'),
  I404NF: messages.apiNotFound('GET', '/v2/user/abc'),
  TooManyRequests: messages.tooManyRequests,
  InternalError: messages.internal,
  ServiceUnavailable: messages.unavailable,
  D504TO: messages.gatewayTimeout,
};

suite('error codes', () => {
  for (const { code, status, message } of golden.documented) {
    test(`${code}: status and words as documented`, () => {
      assert.ok(isCode(code));
      assert.equal(errorStatus[code], status);
      assert.equal(words[code], message);
    });
  }

  test('a code without a documented status is on the list of those or of ours', () => {
    const documented = new Set(golden.documented.map(({ code }) => code));
    const rest = [...table.keys()].filter((code) => !documented.has(code));
    assert.deepEqual(rest.sort(), [...golden.withoutStatus.map(({ code }) => code), ...golden.ours].sort());
  });

  test('a code that is not taken stays out', () => {
    for (const { code } of golden.notTaken) assert.ok(!isCode(code), code);
  });

  test('every status is one of a refusal', () => {
    for (const [code, status] of table) assert.ok(status >= 400 && status <= 599, code);
  });

  test('the SDK refreshes on the codes it was seen to refresh on', () => {
    for (const code of golden.sdkRefreshes.yes) assert.match(code, sdkRefreshCodes);
    for (const code of golden.sdkRefreshes.no) assert.doesNotMatch(code, sdkRefreshCodes);
  });
});

suite('suffixes', () => {
  for (const { code, status, parameter } of golden.observedCodes) {
    test(`${code} is a known code with the suffix of ${parameter}`, () => {
      const [base = ''] = code.split('.');
      assert.ok(isCode(base));
      assert.equal(suffixedCode(base, parameter), code);
      assert.equal(statusOfCode(code), status);
    });
  }

  test('every part of a name begins with a capital', () => {
    assert.equal(suffixOf('sub_type'), 'SubType');
    assert.equal(suffixOf('default_sbox_drive_id'), 'DefaultSboxDriveId');
    assert.equal(suffixOf('code'), 'Code');
    assert.equal(suffixOf(''), '');
  });

  test('a code without a suffix has its status, an unknown one has none', () => {
    for (const [code, status] of table) assert.equal(statusOfCode(code), status);
    for (const code of ['', '.', 'Invalid', 'invalidparameter', '.RefreshToken', 'toString', '__proto__.A']) {
      assert.equal(statusOfCode(code), undefined, code);
    }
  });
});

suite('error bodies', () => {
  test('have the three members of the vendor in its order, without blanks', () => {
    const expected = golden.bodyForm.replace('<code>', 'NotFound').replace('<text>', 'gone').replace('<id>', 'r-1');
    assert.equal(errorBody('NotFound', 'gone', 'r-1'), expected);
  });

  for (const { body, status } of golden.observedBodies) {
    test(`a live one is built again from code and parameter: ${body}`, () => {
      const code = suffixedCode('InvalidParameter', 'refresh_token');
      assert.equal(errorBody(code, messages.invalid('refresh_token'), null), body);
      assert.equal(statusOfCode(code), status);
      assert.deepEqual(readErrorBody(body), JSON.parse(body));
    });
  }

  test('are read again, whatever they hold', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, fc.option(text), (code, message, requestId) => {
        assert.deepEqual(readErrorBody(errorBody(code, message, requestId)), { code, message, requestId });
      }),
    );
  });

  test('may lack the request id, or have one that is no text', () => {
    const expected = { code: 'A', message: 'b', requestId: null };
    assert.deepEqual(readErrorBody('{"code":"A","message":"b"}'), expected);
    assert.deepEqual(readErrorBody('{"code":"A","message":"b","requestId":1}'), expected);
  });

  for (const body of [
    '',
    '{',
    'null',
    '1',
    '[]',
    '{"code":"A"}',
    '{"error":"invalid_grant"}',
    '{"Code":"A","Message":"b"}',
  ]) {
    test(`"${body}" is none`, () => assert.equal(readErrorBody(body), undefined));
  }
});
