/**
 * Every recorded request of the vendor's clients, byte for byte, against a server whose clock stands at the recording's
 * instant. Codes in them were made up for the recording: the store is given them. The official SDK is not on npm; these are
 * what it sends.
 */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { paths } from '@hufu/wire/pds';
import { composeServer, type Server } from '../../packages/server/src/compose.ts';
import { loadConfig } from '../../packages/server/src/config/load.ts';
import { createClient } from '../../packages/server/src/service/administer-clients.ts';
import { createTenant } from '../../packages/server/src/service/administer-tenants.ts';
import { createUser } from '../../packages/server/src/service/administer-users.ts';
import assertions from '../../packages/wire/src/pds/golden/assertions.json' with { type: 'json' };
import {
  type RecordedRequest,
  recordedRequest,
  recordedRequests,
} from '../../packages/wire/src/pds/golden/recorded.ts';
import { rawExchange } from '../harness/exchange.ts';

const nowMs = assertions.clockMs;
const context = { requestId: 'test', nowMs, remote: '' };
const tenant = 'bj29';
const id = '25dzX3vbYqktVxyX';

interface Opened extends AsyncDisposable {
  readonly server: Server;
  send(request: RecordedRequest, change?: (body: string) => string): Promise<string>;
}

/** A server with the recorded application, as what it was when it sent this. */
async function openFor(request: RecordedRequest): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-test-'));
  const flags = { 'data.dir': folder, 'server.port': '0', 'log.level': 'silent' };
  const server = await composeServer(loadConfig({ env: {}, flags }), {
    clock: { nowMs: () => nowMs },
    masterKey: '07'.repeat(32),
  });
  const { parts } = server;
  await createTenant(parts, { id: tenant, name: 'Domain' }, context);
  await createUser(parts, { tenant, id: 'u-1', name: 'User', policy: [] }, context);
  await createClient(parts, { tenant, dialect: 'pds', id, name: 'App', ...kindOf(request) }, context);
  const url = await server.listen();
  return {
    server,
    send: (one, change = (body) => body) => rawExchange(url, bytesOf(one, change(one.body))),
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function kindOf({ path, values }: RecordedRequest) {
  if (values.assertion !== undefined || path === paths.accountToken) {
    return { type: 'JWT', publicKey: assertions.rsaPublicKey };
  }
  const redirectUris = ['https://app.example/callback'];
  const secret = values.client_secret;
  // Who was recorded with the word `undefined` has a secret, which the caller forgot.
  if (secret === undefined || values.code_verifier !== undefined) return { type: 'Native', redirectUris };
  return { type: 'WebServer', redirectUris, secret: secret === 'undefined' ? 'remembered' : secret };
}

/** As recorded, but for the connection, which ends so that the whole answer is seen, and the length of a changed body. */
function bytesOf(request: RecordedRequest, body: string): string {
  const lines = [`POST ${request.path} HTTP/1.1`];
  const { rawHeaders } = request;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (!/^(?:connection|content-length|host)$/i.test(name)) lines.push(`${name}: ${rawHeaders[at + 1]}`);
  }
  const host = request.headers.host ?? '127.0.0.1';
  lines.push(`Host: ${host}`, `Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close');
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

const bodyOf = (answer: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(answer.split('\r\n\r\n')[1] ?? '', 'latin1').toString('utf8')) as Record<string, unknown>;

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);

/** The code of the recording, as if somebody had just logged in for it. */
async function giveCode({ server }: Opened, { values }: RecordedRequest): Promise<void> {
  const { code = '', redirect_uri = '', code_verifier } = values;
  const digest = (text: string, encoding: 'hex' | 'base64url') => createHash('sha256').update(text).digest(encoding);
  await server.parts.store.createCode(
    {
      hash: digest(code, 'hex'),
      dialect: 'pds',
      tenant,
      subject: 'u-1',
      clientId: id,
      redirectUri: redirect_uri,
      codeChallenge: code_verifier === undefined ? undefined : digest(code_verifier, 'base64url'),
      scope: undefined,
      audience: undefined,
      issuedAtMs: nowMs,
      expiresAtMs: nowMs + 60_000,
    },
    { atMs: nowMs, type: 'code.issued', requestId: 'test' },
  );
}

/** What happens to those that nobody wants. */
const refused: Readonly<Record<string, string>> = {
  'user-without-id': '400 InvalidParameter.Sub',
  'user-ec': '400 InvalidParameter.Assertion',
  'code-undefined': '400 InvalidParameter.ClientSecret',
  'code-redirect-url': '400 InvalidParameterMissing.RedirectUri',
  'refresh-undefined': '400 InvalidParameter.ClientSecret',
  'account-undefined': '400 InvalidParameterMissing.AppId',
};

describe('a recorded request', () => {
  for (const request of recordedRequests) {
    const { id: name, rule, values } = request;
    it(`${name}, ${rule}: ${refused[name] ?? 'is served'}`, async () => {
      await using opened = await openFor(request);
      const expected = refused[name];
      if (expected !== undefined) {
        const answer = await opened.send(request);
        assert.equal(`${statusOf(answer)} ${bodyOf(answer).code}`, expected);
        return;
      }
      if (values.code !== undefined) await giveCode(opened, request);
      const body = await served(opened, request);
      assert.equal(body.domain_id, tenant);
      assert.equal(body.subdomain_id, values.subdomain_id);
      assert.equal(body.expire_time, '2022-03-21T08:33:21Z');
    });
  }
});

/** A refresh gets the token of a session that was just opened, in the place of the recorded one and in its encoding. */
async function served(opened: Opened, request: RecordedRequest): Promise<Record<string, unknown>> {
  const { refresh_token: recorded } = request.values;
  if (recorded === undefined) return okBody(await opened.send(request));
  const first = request.path === paths.accountToken ? recordedRequest('user') : codeAlike(request);
  if (first.values.code !== undefined) await giveCode(opened, first);
  const { refresh_token } = okBody(await opened.send(first));
  assert.ok(typeof refresh_token === 'string' && /^[\w-]{60}$/.test(refresh_token));
  return okBody(await opened.send(request, (body) => body.replace(recorded, refresh_token)));
}

function okBody(answer: string): Record<string, unknown> {
  assert.equal(statusOf(answer), 200, answer);
  return bodyOf(answer);
}

/** A recorded redemption of a code, by the application with the secret of this refresh. */
function codeAlike({ values }: RecordedRequest): RecordedRequest {
  const { client_secret } = values;
  if (client_secret === undefined) return recordedRequest('code-native');
  const code = recordedRequest('code');
  const body = code.body.replace('client_secret=testSecret', `client_secret=${encodeURIComponent(client_secret)}`);
  return { ...code, body };
}
