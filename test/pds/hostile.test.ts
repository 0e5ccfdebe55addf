/** What no honest client sends: each gets a stated 4xx, never a 5xx, never a hang, and the server goes on. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { paths, readErrorBody } from '@hufu/wire/pds';
import fc from 'fast-check';
import { rawExchange } from '../harness/exchange.ts';
import { openPds, type PdsBench, refusalOf, tokenOf } from '../harness/pds.ts';

const badToken = '400 InvalidParameter.RefreshToken';

/** Another character in the place of the one at `at`, which changes at least one whole bit of what it encodes. */
const changed = (token: string, at: number): string => {
  const other = token.charAt(at) === 'A' ? 'Z' : 'A';
  return token.slice(0, at) + other + token.slice(at + 1);
};

describe('a refresh token that is none', () => {
  const forgeries: readonly (readonly [what: string, forge: (token: string) => string])[] = [
    ['one character less', (token) => token.slice(0, -1)],
    ['one character more', (token) => `${token}A`],
    ['twice', (token) => token + token],
    ['another version', (token) => changed(token, 0)],
    ['another key', (token) => changed(token, 4)],
    ['another session', (token) => changed(token, 20)],
    ['another generation', (token) => changed(token, 37)],
    ['another tag', (token) => changed(token, 50)],
    ['padded', (token) => `${token}=`],
    ['in another alphabet', (token) => token.replace(/.$/, '+')],
    ['the vendor’s sample', () => '399623e13353490391266c7d48a13ed1'],
    ['the word undefined', () => 'undefined'],
    ['null bytes', () => '\0'.repeat(60)],
    ['ten thousand characters', () => 'A'.repeat(10_000)],
  ];
  for (const [what, forge] of forgeries) {
    it(`is refused, and ends nothing: ${what}`, async () => {
      await using pds = await openPds();
      const { refresh_token } = await pds.userToken();
      assert.equal(refusalOf(await pds.refresh(forge(refresh_token))), badToken);
      tokenOf(await pds.refresh(refresh_token));
    });
  }

  it('is refused: tokens of another kind or another server', async () => {
    await using pds = await openPds();
    await using other = await openPds();
    const { access_token } = await pds.userToken();
    for (const token of [access_token, (await other.userToken()).refresh_token]) {
      assert.equal(refusalOf(await pds.refresh(token)), badToken);
    }
  });
});

describe('a request that is none', () => {
  const form = 'application/x-www-form-urlencoded';
  const request = (path: string, type: string, body: string, more = '') => {
    const lines = ['host: h', 'connection: close', `content-type: ${type}`, `content-length: ${body.length}`];
    return `POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n${more}\r\n${body}`;
  };
  const raw: readonly (readonly [what: string, status: number, bytes: string])[] = [
    ['a content type twice', 400, request(paths.token, form, 'a=1', 'content-type: text/plain\r\n')],
    [
      'an idempotency key twice',
      400,
      request(paths.token, form, 'a=1', 'idempotency-key: a\r\nidempotency-key: b\r\n'),
    ],
    ['no body', 415, `POST ${paths.token} HTTP/1.1\r\nhost: h\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`],
    ['a thousand members', 400, request(paths.token, form, Array.from({ length: 1000 }, () => 'a=1').join('&'))],
    ['deep JSON', 400, request(paths.accountToken, 'application/json', '['.repeat(20_000))],
    ['a JSON prototype', 400, request(paths.accountToken, 'application/json', '{"__proto__":{"app_id":"a"}}')],
    ['bytes that are no UTF-8', 400, request(paths.token, form, 'a=\xff')],
    ['a charset that is none', 400, request(paths.token, `${form}; charset=utf-7`, 'a=1')],
  ];
  for (const [what, status, bytes] of raw) {
    it(`gets ${status} with a request id: ${what}`, async () => {
      await using pds = await openPds();
      const text = await rawExchange(pds.url, Buffer.from(bytes, 'latin1'));
      assert.match(text, new RegExp(`^HTTP/1\\.1 ${status} `));
      assert.match(text, /x-ca-request-id: [0-9A-F]{24}\r\n/i);
      assert.ok(readErrorBody(text.split('\r\n\r\n')[1] ?? ''));
      await pds.userToken();
    });
  }
});

describe('whatever comes', () => {
  const member = fc.constantFrom(
    'grant_type',
    'client_id',
    'client_secret',
    'code',
    'redirect_uri',
    'refresh_token',
    'assertion',
    'x',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      'refresh_token',
      'code',
      'authorization_code',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
      'undefined',
      'null',
    ),
  );

  const isRefusedWell = async (pds: PdsBench, path: string, contentType: string, body: string): Promise<void> => {
    const answer = await pds.send({ path, contentType, body });
    assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status} for ${JSON.stringify(body)}`);
    refusalOf(answer);
  };

  it('forms of any members are refused in the words of PDS', async () => {
    await using pds = await openPds();
    const { clientId } = pds.demo.jwtApp;
    await fc.assert(
      fc.asyncProperty(fc.dictionary(member, fc.oneof(text, fc.constant(clientId))), async (fields) => {
        const body = new URLSearchParams(fields).toString();
        await isRefusedWell(pds, paths.token, 'application/x-www-form-urlencoded', body);
      }),
      { numRuns: 200 },
    );
  });

  it('JSON of any kind is refused in the words of PDS', async () => {
    await using pds = await openPds();
    const name = fc.constantFrom('app_id', 'refresh_token', 'grant_type', 'domain_id', 'x');
    const body = fc.oneof(
      fc.json(),
      fc.dictionary(name, fc.oneof(text, fc.jsonValue())).map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(paths.accountToken, paths.accountRevoke, paths.publicKey), body, (path, json) =>
        isRefusedWell(pds, path, 'application/json', json),
      ),
      { numRuns: 200 },
    );
  });

  it('queries of any members end at a page, and never at an application', async () => {
    await using pds = await openPds();
    const names = fc.constantFrom(
      'client_id',
      'redirect_uri',
      'response_type',
      'state',
      'scope',
      'prompt',
      'domain_id',
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, text), async (fields) => {
        const answer = await fetch(`${pds.url}${paths.authorize}?${new URLSearchParams(fields)}`, {
          redirect: 'manual',
        });
        assert.equal(answer.status, 400);
        assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
      }),
      { numRuns: 100 },
    );
  });
});
