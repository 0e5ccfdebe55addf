/** Every row of the vendor's error table that can arise here, with its status, code, words and request id. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exchange, rawExchange } from '../harness/exchange.ts';
import type { Signed } from '../harness/sign.ts';
import { errorOf, openSls, type SlsBench } from '../harness/sls.ts';

interface Row {
  readonly row: string;
  readonly status: number;
  readonly code: string;
  readonly message: RegExp;
  readonly send: (sls: SlsBench) => Promise<Signed> | Signed;
}

/** A well signed request whose headers are changed afterwards. */
const changed = (sls: SlsBench, change: Record<string, string | undefined>, body?: string): Signed => {
  const signed = sls.sign('/tickets', {}, body === undefined ? {} : { body });
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) delete signed.headers[name];
    else signed.headers[name] = value;
  }
  return signed;
};

const unauthorized = { status: 401, code: 'Unauthorized' } as const;
const bad = { status: 400 } as const;

const admin = async (sls: SlsBench, method: string, path: string, body: unknown): Promise<void> => {
  const answer = await fetch(`${sls.url}/admin/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${sls.emulator.description.admin.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, `${method} ${path} answered ${answer.status}`);
};

const rows: readonly Row[] = [
  {
    row: 'a clock that is off by more than 15 minutes',
    ...bad,
    code: 'RequestTimeExpired',
    message: /^request time.+ has been expired while server time is .+ GMT$/,
    send: (sls) => sls.sign('/tickets', {}, { atMs: sls.nowMs() - 3_600_000 }),
  },
  {
    row: 'a date in no known form',
    ...bad,
    code: 'InvalidRequestTime',
    message: /^request time 30\/10\/2024 not follow RFC822 spec$/,
    send: (sls) => changed(sls, { date: '30/10/2024' }),
  },
  {
    row: 'a date that the calendar does not have',
    ...bad,
    code: 'InvalidRequestTime',
    message: /^request time .+ not follow RFC822 spec$/,
    send: (sls) => changed(sls, { date: 'Fri, 31 Feb 2024 03:02:45 GMT' }),
  },
  {
    row: 'no date',
    ...bad,
    code: 'MissingDate',
    message: /^Date does not exist in http header\.$/,
    send: (sls) => changed(sls, { date: undefined }),
  },
  {
    row: 'a host in no known form',
    ...bad,
    code: 'InvalidHost',
    message: /^Host header .+ is invalid\.$/,
    send: (sls) => changed(sls, { host: 'not/a host' }),
  },
  {
    row: 'a vendor host of a project',
    ...bad,
    code: 'InvalidHost',
    message: /is invalid/,
    send: (sls) => sls.sign('/tickets', {}, { host: 'my-project.cn-shanghai.log.aliyuncs.com' }),
  },
  {
    row: 'a vendor host of a region that issues no tickets',
    ...bad,
    code: 'InvalidHost',
    message: /region cn-hangzhou .*cn-shanghai, ap-southeast-1/,
    send: (sls) => sls.sign('/tickets', {}, { host: 'cn-hangzhou.log.aliyuncs.com' }),
  },
  {
    row: 'a signature scope of a region that issues no tickets',
    ...bad,
    code: 'ParameterInvalid',
    message: /region cn-hangzhou .*cn-shanghai, ap-southeast-1/,
    send: (sls) => sls.sign('/tickets', {}, { scheme: 'v4', region: 'cn-hangzhou' }),
  },
  {
    row: 'an authorization header without an access key id',
    ...bad,
    code: 'ParameterInvalid',
    message: /^http extend authorization : LOG :hB1c8w5SID2G\/z3Fh778sKxPPdQ= pair is invalid$/,
    send: (sls) => changed(sls, { authorization: 'LOG :hB1c8w5SID2G/z3Fh778sKxPPdQ=' }),
  },
  {
    row: 'no authorization header',
    ...bad,
    code: 'MissAccessKeyId',
    message: /^x-log-accesskeyid does not exist in header\.$/,
    send: (sls) => changed(sls, { authorization: undefined }),
  },
  {
    row: 'a body that is no JSON object',
    ...bad,
    code: 'PostBodyInvalid',
    message: /^The request body is not valid JSON object\.$/,
    send: (sls) => sls.sign('/tickets', {}, { body: '[1]' }),
  },
  {
    row: 'a body without a content type',
    ...bad,
    code: 'MissingContentType',
    message: /^Content-Type does not exist in http header when body is not empty\.$/,
    send: (sls) => changed(sls, { 'content-type': undefined }, '{}'),
  },
  {
    row: 'a body of another content type',
    ...bad,
    code: 'InvalidContentType',
    message: /^Content-Type application\/xml is unsupported\.$/,
    send: (sls) => changed(sls, { 'content-type': 'application/xml' }, '{}'),
  },
  {
    row: 'a compressed body without its raw size',
    ...bad,
    code: 'MissingBodyRawSize',
    message: /^x-log-bodyrawsize does not exist in header when it is necessary\.$/,
    send: (sls) => changed(sls, { 'x-log-compresstype': 'lz4', 'x-log-bodyrawsize': undefined }, '{}'),
  },
  {
    row: 'a raw size that is no number',
    ...bad,
    code: 'InvalidBodyRawSize',
    message: /^x-log-bodyrawsize is invalid\.$/,
    send: (sls) => changed(sls, { 'x-log-bodyrawsize': 'many' }),
  },
  {
    row: 'a raw size that is not the body’s',
    ...bad,
    code: 'InvalidBodyRawSize',
    message: /^x-log-bodyrawsize is invalid\.$/,
    send: (sls) => changed(sls, { 'x-log-bodyrawsize': '3' }, '{}'),
  },
  {
    row: 'a compression',
    ...bad,
    code: 'InvalidCompressType',
    message: /^x-log-compresstype lz4 is unsupported\.$/,
    send: (sls) => changed(sls, { 'x-log-compresstype': 'lz4' }, '{}'),
  },
  {
    row: 'no API version',
    ...bad,
    code: 'MissingAPIVersion',
    message: /^x-log-apiversion does not exist in http header\.$/,
    send: (sls) => changed(sls, { 'x-log-apiversion': undefined }),
  },
  {
    row: 'another API version',
    ...bad,
    code: 'InvalidAPIVersion',
    message: /^x-log-apiversion 0\.7\.0 is unsupported\.$/,
    send: (sls) => changed(sls, { 'x-log-apiversion': '0.7.0' }),
  },
  {
    row: 'no signature method',
    ...bad,
    code: 'MissingSignatureMethod',
    message: /^x-log-signaturemethod does not exist in http header\.$/,
    send: (sls) => changed(sls, { 'x-log-signaturemethod': undefined }),
  },
  {
    row: 'another signature method',
    ...bad,
    code: 'InvalidSignatureMethod',
    message: /^signature method hmac-md5 is unsupported\.$/,
    send: (sls) => changed(sls, { 'x-log-signaturemethod': 'hmac-md5' }),
  },
  {
    row: 'a wrong signature (v1)',
    status: 401,
    code: 'SignatureNotMatch',
    message: /^signature [A-Za-z0-9+/]{43}= not match$/,
    send: (sls) => sls.sign('/tickets', {}, { as: { ...sls.keys, accessKeySecret: 'another' } }),
  },
  {
    row: 'a wrong signature (v4)',
    status: 401,
    code: 'SignatureNotMatch',
    message: /^signature [0-9a-f]{64} not match$/,
    send: (sls) => sls.sign('/tickets', {}, { as: { ...sls.keys, accessKeySecret: 'another' }, scheme: 'v4' }),
  },
  {
    row: 'a body that is not the signed one',
    status: 401,
    code: 'SignatureNotMatch',
    message: /not match$/,
    send: (sls) => ({ ...sls.sign('/tickets', {}, { body: '{"a":1}' }), body: '{"a":2}' }),
  },
  {
    row: 'a query that is not the signed one',
    status: 401,
    code: 'SignatureNotMatch',
    message: /not match$/,
    send: (sls) => ({ ...sls.sign('/tickets', { expirationTime: '1' }), target: '/tickets?expirationTime=2592000' }),
  },
  {
    row: 'a security token that is not the key’s',
    ...unauthorized,
    message: /^The security token you provided is invalid\.$/,
    send: (sls) => sls.sign('/tickets', {}, { as: { ...sls.temporary, securityToken: 'another' } }),
  },
  {
    row: 'temporary credentials without their security token',
    ...unauthorized,
    message: /^The security token you provided is invalid\.$/,
    send: (sls) => sls.sign('/tickets', {}, { as: { ...sls.temporary, securityToken: undefined } }),
  },
  {
    row: 'a security token that is over',
    ...unauthorized,
    message: /^The security token you provided has expired\.$/,
    send: (sls) => {
      sls.emulator.clock.set(Date.parse(sls.emulator.description.sls.temporary.expiresAt));
      return sls.sign('/tickets', {}, { as: sls.temporary });
    },
  },
  {
    row: 'an unknown access key',
    ...unauthorized,
    message: /^AccessKeyId not found: nobody$/,
    send: (sls) => sls.sign('/tickets', {}, { as: { accessKeyId: 'nobody', accessKeySecret: 'x' } }),
  },
  {
    row: 'a disabled access key',
    ...unauthorized,
    message: /^AccessKeyId is disabled: /,
    send: async (sls) => {
      await admin(sls, 'PATCH', `/accesskeys/${sls.keys.accessKeyId}`, { status: 'disabled' });
      return sls.sign('/tickets');
    },
  },
  {
    row: 'a user who may not create tickets',
    ...unauthorized,
    message: /^denied by sts or ram, action: log:CreateTicket, resource: acs:log:cn-shanghai:\d+:ticket\/\*$/,
    send: (sls) => sls.sign('/tickets', {}, { as: sls.denied }),
  },
  {
    row: 'a method that the path does not have',
    status: 405,
    code: 'InvalidMethod',
    message: /^invalid request method : \/tickets$/,
    send: (sls) => sls.sign('/tickets', {}, { method: 'GET' }),
  },
  {
    row: 'a path that is not served, for a client that speaks SLS',
    status: 404,
    code: 'NotFound',
    message: /\/logstores/,
    send: (sls) => sls.sign('/logstores'),
  },
  {
    row: 'a body above the limit',
    status: 413,
    code: 'PostBodyTooLarge',
    message: /^Body size must little than 10485760\.$/,
    send: (sls) => sls.sign('/tickets', {}, { body: `{"a":"${'x'.repeat(10 * 1024 * 1024)}"}` }),
  },
  {
    row: 'a parameter that the operation does not have',
    ...bad,
    code: 'ParameterInvalid',
    message: /^parameter project is unknown$/,
    send: (sls) => sls.sign('/tickets', { project: 'p' }),
  },
  {
    row: 'a parameter given twice',
    ...bad,
    code: 'ParameterInvalid',
    message: /^parameter expirationTime is given twice$/,
    send: (sls) => ({ ...sls.sign('/tickets'), target: '/tickets?expirationTime=1&expirationTime=2' }),
  },
  {
    row: 'a query that is not well encoded',
    ...bad,
    code: 'ParameterInvalid',
    message: /^query is not well encoded$/,
    send: (sls) => ({ ...sls.sign('/tickets'), target: '/tickets?expirationTime=%zz' }),
  },
  {
    row: 'a refresh without a ticket',
    ...bad,
    code: 'ParameterInvalid',
    message: /^parameter ticket is missing$/,
    send: (sls) => sls.sign('/token/refresh'),
  },
];

describe('the error table of SLS', () => {
  for (const { row, status, code, message, send } of rows) {
    it(`${status} ${code}: ${row}`, async () => {
      await using sls = await openSls();
      const answer = await exchange(sls.url, await send(sls));
      assert.equal(answer.status, status);
      const error = errorOf(answer);
      assert.equal(error.errorCode, code);
      assert.match(error.errorMessage, message);
      assert.deepEqual(Object.keys(error), ['errorCode', 'errorMessage']);
      assert.equal(answer.headers['content-type'], 'application/json');
      assert.match(String(answer.headers['x-log-requestid']), /^[0-9A-F]{24}$/);
    });
  }

  it('400 MissingHost: no Host header', async () => {
    await using sls = await openSls();
    const text = await rawExchange(sls.url, 'POST /tickets HTTP/1.1\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    assert.match(text, /^HTTP\/1\.1 400 /);
    assert.match(text, /\{"errorCode":"MissingHost","errorMessage":"Host does not exist in http header\."\}$/);
    assert.match(text, /x-log-requestid: [0-9A-F]{24}\r\n/i);
  });

  it('411 MissingContentLength: a body size is announced, a body is not', async () => {
    await using sls = await openSls();
    const signed = sls.sign('/tickets', {}, { headers: { 'x-log-bodyrawsize': '9', connection: 'close' } });
    const lines = Object.entries(signed.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const text = await rawExchange(sls.url, `POST /tickets HTTP/1.1\r\n${lines.join('')}\r\n`);
    assert.match(text, /^HTTP\/1\.1 411 /);
    assert.match(text, /"errorCode":"MissingContentLength"/);
  });
});
