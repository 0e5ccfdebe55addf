/** Every code that PDS can answer and that no other file here meets: its status, its words, its headers. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorStatus, messages, paths, statusOfCode } from '@hufu/wire/pds';
import { type Answer, exchange } from '../harness/exchange.ts';
import { jsonOf } from '../harness/oauth.ts';
import { openPds, type PdsBench, refusalOf, tokenOf } from '../harness/pds.ts';

const client = (pds: PdsBench) => ({ client_id: pds.demo.jwtApp.clientId });
const app = (pds: PdsBench) => ({ app_id: pds.demo.jwtApp.clientId, refresh_token: 'r', grant_type: 'refresh_token' });
const post = (pds: PdsBench, contentType: string, body: string, path: string = paths.token): Promise<Answer> =>
  pds.send({ path, contentType, body });

const rows: readonly (readonly [rule: string, expected: string, send: (pds: PdsBench) => Promise<Answer>])[] = [
  ['no grant type', '400 InvalidParameterMissing.GrantType', (pds) => pds.form(client(pds))],
  ['an empty grant type', '400 InvalidParameterEmpty.GrantType', (pds) => pds.form({ ...client(pds), grant_type: '' })],
  [
    'another grant type',
    '400 InvalidParameterNotSupported.GrantType',
    (pds) => pds.form({ ...client(pds), grant_type: 'password' }),
  ],
  ['no client', '400 InvalidParameterMissing.ClientId', (pds) => pds.form({ grant_type: 'refresh_token' })],
  [
    'an unknown client',
    '404 NotFound.App',
    (pds) => pds.form({ client_id: 'nobody', grant_type: 'refresh_token', refresh_token: 'r' }),
  ],
  [
    'redirect_url, as the page of the SDK has it',
    '400 InvalidParameterMissing.RedirectUri',
    (pds) => pds.form({ ...client(pds), grant_type: 'code', code: 'c', redirect_url: 'https://app.example/' }),
  ],
  [
    'a member twice',
    '400 InvalidParameter.ClientId',
    (pds) => post(pds, 'application/x-www-form-urlencoded', 'client_id=a&client_id=b'),
  ],
  [
    'a form that is none',
    '400 InvalidParameterWrongFormat.Body',
    (pds) => post(pds, 'application/x-www-form-urlencoded', '{"a":1}'),
  ],
  ['JSON in the place of a form', '415 UnsupportedMediaType', (pds) => pds.json(paths.token, app(pds))],
  [
    'a form in the place of JSON',
    '415 UnsupportedMediaType',
    (pds) => post(pds, 'application/x-www-form-urlencoded', 'app_id=a', paths.accountToken),
  ],
  [
    'a body that is no JSON',
    '400 InvalidRequestJSONFormat',
    (pds) => post(pds, 'application/json', '{', paths.accountToken),
  ],
  [
    'a member that is no text',
    '400 InvalidParameterWrongFormat.AppId',
    (pds) => pds.json(paths.accountToken, { ...app(pds), app_id: 1 }),
  ],
  [
    'no app_id',
    '400 InvalidParameterMissing.AppId',
    (pds) => pds.json(paths.accountToken, { ...app(pds), app_id: undefined }),
  ],
  ['garbage for a refresh token', '400 InvalidParameter.RefreshToken', (pds) => pds.refresh('garbage')],
  ['an unknown app', '404 NotFound.App', (pds) => pds.json(paths.accountToken, { ...app(pds), app_id: 'nobody' })],
  [
    'an application of another domain than the host names',
    '404 NotFound.App',
    (pds) => pds.json(paths.accountToken, app(pds), { host: 'other.api.aliyunpds.com' }),
  ],
  [
    'a host and a domain_id that disagree',
    '400 InvalidParameterNotMatch.DomainId',
    (pds) =>
      pds.json(
        paths.accountToken,
        { ...app(pds), domain_id: 'other' },
        { host: `${pds.demo.domainId}.api.aliyunpds.com` },
      ),
  ],
  [
    'a path that nobody serves, by the SDK',
    '404 I404NF',
    (pds) => pds.json('/v2/user/abc', {}, { 'pds-js-sdk': '1.4.0' }),
  ],
  [
    'a path that nobody serves, at the vendor’s host',
    '404 I404NF',
    (pds) => pds.json('/v2/user/abc', {}, { host: 'bj29.api.aliyunpds.com' }),
  ],
  [
    'another method',
    '405 MethodNotAllowed',
    (pds) => exchange(pds.url, { method: 'GET', target: paths.token, headers: {}, body: undefined }),
  ],
  [
    'a body above the limit',
    '413 RequestBodyTooLarge',
    (pds) => post(pds, 'application/x-www-form-urlencoded', `a=${'x'.repeat(32 * 1024 - 1)}`),
  ],
  [
    'a body as large as allowed',
    '400 InvalidParameterMissing.ClientId',
    (pds) => post(pds, 'application/x-www-form-urlencoded', `a=${'x'.repeat(32 * 1024 - 2)}`),
  ],
];

describe('a refusal', () => {
  for (const [rule, expected, send] of rows) {
    it(`${rule}: ${expected}`, async () => {
      await using pds = await openPds();
      const answer = await send(pds);
      assert.equal(refusalOf(answer), expected);
      assert.equal(statusOfCode(String(jsonOf(answer).code)), answer.status);
      assert.equal(answer.headers['cache-control'], 'no-store');
    });
  }

  it('has its documented words', async () => {
    await using pds = await openPds();
    const { message } = jsonOf(await pds.refresh('garbage'));
    assert.equal(message, messages.invalid('refresh_token'));
    const unknown = jsonOf(await pds.json('/v2/user/abc', {}, { 'pds-js-sdk': '1.4.0' }));
    assert.equal(unknown.message, 'API not found with `POST /v2/user/abc`');
  });

  it('is found in the audit log by its request id, with its reason', async () => {
    await using pds = await openPds();
    const answer = await pds.refresh('garbage');
    const { rows } = await pds.admin('GET', `/audit?requestId=${answer.headers['x-ca-request-id']}`);
    assert.deepEqual(
      (rows as { reason: string; operation: string; actor: string }[]).map(({ reason, operation, actor }) => [
        reason,
        operation,
        actor,
      ]),
      [['credential_invalid', 'AccountToken', pds.demo.jwtApp.clientId]],
    );
  });

  for (const [status, code] of [
    [429, 'TooManyRequests'],
    [500, 'InternalError'],
    [503, 'ServiceUnavailable'],
  ] as const) {
    it(`of the server’s own state: ${status} ${code}`, async () => {
      await using pds = await openPds();
      pds.emulator.faults.add({ path: paths.accountToken, when: 'before', do: 'status', status, times: 1 });
      const old = await pds.userToken();
      const answer = await pds.refresh(old.refresh_token);
      assert.equal(refusalOf(answer), `${status} ${code}`);
      assert.equal(errorStatus[code], status);
      // Nothing was decided: the token is as good as before.
      tokenOf(await pds.refresh(old.refresh_token));
    });
  }

  it('of time: 504 D504TO in body and headers, as the vendor’s gateway has it', async () => {
    await using pds = await openPds();
    pds.emulator.faults.add({ path: paths.accountToken, when: 'before', do: 'status', status: 504, times: 1 });
    const answer = await pds.refresh('garbage');
    assert.equal(refusalOf(answer), '504 D504TO');
    assert.equal(answer.headers['x-ca-error-code'], 'D504TO');
    assert.equal(answer.headers['x-ca-error-message'], 'timeout');
  });
});

describe('what is not refused', () => {
  it('other kinds of bodies, where the operator takes them', async () => {
    await using pds = await openPds({
      config: { 'pds.tokenAcceptsJson': 'true', 'pds.accountTokenAcceptsForm': 'true', 'pds.refreshPaths': 'either' },
    });
    const { refresh_token } = await pds.userToken();
    const { clientId } = pds.demo.jwtApp;
    const json = await pds.json(paths.token, { client_id: clientId, refresh_token, grant_type: 'refresh_token' });
    const next = tokenOf(json).refresh_token;
    const body = `app_id=${clientId}&refresh_token=${next}&grant_type=refresh_token`;
    tokenOf(await post(pds, 'application/x-www-form-urlencoded', body, paths.accountToken));
  });

  it('a charset behind the type, and the vendor’s hosts', async () => {
    await using pds = await openPds();
    const { domainId, jwtApp } = pds.demo;
    for (const host of [`${domainId}.api.aliyunpds.com`, `${domainId}.auth.aliyunpds.com`]) {
      const fields = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', client_id: jwtApp.clientId };
      const assertion = pds.assertion({ auto_create: true });
      const answer = await pds.form(
        { ...fields, assertion, domain_id: domainId },
        { host, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      );
      assert.equal(tokenOf(answer).domain_id, domainId);
    }
  });

  it('nothing at all where the dialect is off', async () => {
    await using pds = await openPds({ config: { 'pds.enabled': 'false' } });
    const answer = await pds.refresh('garbage');
    assert.equal(answer.status, 404);
    assert.equal(jsonOf(answer).code, 'NotFound');
  });
});
