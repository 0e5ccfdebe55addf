import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createOAuthDialect } from '../dialects/oauth/index.ts';
import { createPdsDialect } from '../dialects/pds/index.ts';
import { createRegistry } from '../dialects/registry.ts';
import { createScnetDialect } from '../dialects/scnet/index.ts';
import { createSlsDialect } from '../dialects/sls/index.ts';
import { refusalWith, type StatusFault } from './fault-words.ts';

const registry = createRegistry([
  createSlsDialect(),
  createPdsDialect(),
  createScnetDialect(),
  createOAuthDialect({}, () => 'https://tokens.example'),
]);
const requestId = '6721A1D557FE01DF450E554C';

function refusal(path: string, fault: StatusFault) {
  const request = { method: 'POST', path, headers: {} };
  return refusalWith(fault, registry, { requestId, nowMs: Date.UTC(2024, 9, 30), request });
}

const json = (path: string, status: number): Record<string, unknown> => JSON.parse(refusal(path, { status }).body);

function headersOf(path: string, fault: StatusFault): Record<string, string> {
  const { headers } = refusal(path, fault);
  return Object.fromEntries(headers.flatMap((name, at) => (at % 2 === 0 ? [[name, headers[at + 1] ?? '']] : [])));
}

suite('a status is answered', () => {
  /** Where, how the code is called there, and which code each status has. */
  const words: ReadonlyArray<readonly [path: string, member: string, codes: Readonly<Record<number, string>>]> = [
    [
      '/tickets',
      'errorCode',
      {
        400: 'ParameterInvalid',
        401: 'Unauthorized',
        403: 'MetaOperationQpsLimitExceeded',
        404: 'NotFound',
        405: 'InvalidMethod',
        418: 'ParameterInvalid',
        429: 'MetaOperationQpsLimitExceeded',
        500: 'InternalServerError',
        502: 'InternalServerError',
        503: 'ServerBusy',
        504: 'RequestTimeout',
      },
    ],
    [
      '/v2/oauth/token',
      'code',
      { 403: 'Forbidden', 429: 'TooManyRequests', 500: 'InternalError', 503: 'ServiceUnavailable' },
    ],
    [
      '/v2/account/token',
      'code',
      { 403: 'Forbidden', 429: 'TooManyRequests', 500: 'InternalError', 503: 'ServiceUnavailable' },
    ],
    ['/ac/openapi/v2/tokens/next', 'code', { 401: '10008', 403: '10009', 500: '10001', 502: '10001' }],
    [
      '/ac/openapi/v2/tokens',
      'error',
      { 400: 'Bad Request', 404: 'Not Found', 429: 'Too Many Requests', 503: 'Service Unavailable' },
    ],
    [
      '/oauth2/token',
      'error',
      {
        400: 'invalid_request',
        401: 'invalid_client',
        429: 'temporarily_unavailable',
        500: 'server_error',
        503: 'temporarily_unavailable',
      },
    ],
    ['/oauth2/introspect', 'error', { 401: 'invalid_client', 500: 'server_error' }],
    [
      '/admin/v1/tenants',
      'error',
      { 401: 'unauthorized', 404: 'not_found', 500: 'internal', 503: 'temporarily_unavailable', 502: 'internal' },
    ],
    [
      '/.well-known/jwks.json',
      'code',
      { 429: 'TooManyRequests', 500: 'InternalServerError', 503: 'ServiceUnavailable', 599: 'UnknownError' },
    ],
  ];
  for (const [path, member, codes] of words) {
    for (const [status, code] of Object.entries(codes)) {
      test(`${status} at ${path} with ${code}`, () => {
        assert.equal(refusal(path, { status: Number(status) }).status, Number(status));
        assert.equal(json(path, Number(status))[member], code);
      });
    }
  }

  for (const path of ['/login', '/login/consent', '/oauth2/authorize', '/v2/oauth/authorize']) {
    test(`at ${path} with a page`, () => {
      const { status, body } = refusal(path, { status: 500 });
      assert.equal(status, 500);
      assert.match(headersOf(path, { status: 500 })['content-type'] ?? '', /^text\/html/);
      assert.match(body, new RegExp(requestId));
    });
  }

  test('of every kind and everywhere, with the id of the request', () => {
    for (const path of [...words.map(([at]) => at), '/login', '/healthz']) {
      for (let status = 400; status <= 599; status++) {
        const answer = refusal(path, { status });
        assert.equal(answer.status, status);
        assert.ok(answer.headers.includes(requestId) || answer.body.includes(requestId), `${status} at ${path}`);
      }
    }
  });
});

suite('Retry-After', () => {
  for (const path of ['/tickets', '/oauth2/token', '/login', '/admin/v1/tenants', '/.well-known/jwks.json']) {
    test(`stands once at ${path}, as it was ordered`, () => {
      const { headers } = refusal(path, { status: 503, retryAfterSeconds: 7 });
      assert.equal(headersOf(path, { status: 503, retryAfterSeconds: 7 })['retry-after'], '7');
      assert.equal(headers.filter((text) => text.toLowerCase() === 'retry-after').length, 1);
    });
  }

  test('is the server’s own where none was ordered', () => {
    assert.equal(headersOf('/oauth2/token', { status: 503 })['retry-after'], '1');
    assert.equal(headersOf('/tickets', { status: 503 })['retry-after'], undefined);
  });
});
