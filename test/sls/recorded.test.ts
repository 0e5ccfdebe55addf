/** Every recorded request of the vendor's clients, byte for byte, against a server whose clock stands at the recording's instant. */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { composeServer, type Server } from '../../packages/server/src/compose.ts';
import { loadConfig } from '../../packages/server/src/config/load.ts';
import { createAccessKey } from '../../packages/server/src/service/administer-access-keys.ts';
import { createTenant } from '../../packages/server/src/service/administer-tenants.ts';
import { createUser } from '../../packages/server/src/service/administer-users.ts';
import {
  accessKeyId,
  accessKeySecret,
  clock,
  host,
  type RecordedRequest,
  recordedRequests,
  securityToken,
} from '../../packages/wire/src/sls/golden/recorded.ts';
import { rawExchange } from '../harness/exchange.ts';

const nowMs = Date.parse(clock);
const context = { requestId: 'test', nowMs, remote: '' };
const policy = [{ effect: 'Allow', actions: ['log:*'], resources: ['*'] }] as const;

/** The same id is once a lasting key and once a temporary one, so each has a server of its own. */
async function openWith(temporary: boolean): Promise<{ server: Server; url: string; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-test-'));
  const flags = { 'data.dir': folder, 'server.port': '0', 'log.level': 'silent' };
  const server = await composeServer(loadConfig({ env: {}, flags }), {
    clock: { nowMs: () => nowMs },
    masterKey: '07'.repeat(32),
  });
  const { parts } = server;
  await createTenant(parts, { id: 'acme', name: 'Acme' }, context);
  await createUser(parts, { tenant: 'acme', id: 'alice', name: 'Alice', policy }, context);
  const key = { tenant: 'acme', userId: 'alice', id: accessKeyId, secret: accessKeySecret };
  await createAccessKey(
    parts,
    temporary ? { ...key, temporary: { lifetimeSeconds: 3600, securityToken } } : key,
    context,
  );
  return { server, url: await server.listen(), folder };
}

/** The bytes as recorded, but for the connection, which ends so that the whole answer is seen. */
function bytesOf(request: RecordedRequest): string {
  const lines: string[] = [];
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    const name = request.rawHeaders[at] ?? '';
    if (name.toLowerCase() !== 'connection') lines.push(`${name}: ${request.rawHeaders[at + 1]}`);
  }
  const isChunked = request.headers['transfer-encoding'] === 'chunked';
  const size = Buffer.byteLength(request.body).toString(16);
  const body = isChunked ? `${size}\r\n${request.body}\r\n0\r\n\r\n` : request.body;
  return `${request.method} ${request.target} HTTP/1.1\r\n${lines.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`;
}

describe('a recorded request', () => {
  const servers = new Map<boolean, Awaited<ReturnType<typeof openWith>>>();
  before(async () => {
    for (const temporary of [false, true]) servers.set(temporary, await openWith(temporary));
  });
  after(async () => {
    for (const { server, folder } of servers.values()) {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    }
  });

  for (const request of recordedRequests) {
    it(`passes the signature check: ${request.id}, ${request.rule}`, async () => {
      assert.equal(request.headers.host, host);
      const server = servers.get(request.headers['x-acs-security-token'] !== undefined);
      const text = await rawExchange(server?.url ?? '', bytesOf(request));
      if (request.path === '/tickets') {
        assert.match(text, /^HTTP\/1\.1 200 /);
        assert.match(text, /\{"ticket":"[\w-]+\.[\w-]+\.[\w-]{43}"\}$/);
      } else {
        // The ticket in it was made up for the recording: the signature holds, the ticket does not.
        assert.match(text, /^HTTP\/1\.1 401 /);
        assert.match(text, /\{"errorCode":"Unauthorized","errorMessage":"The ticket you provided is invalid\."\}$/);
      }
    });

    it(`is refused with one character of its signature changed: ${request.id}`, async () => {
      const server = servers.get(request.headers['x-acs-security-token'] !== undefined);
      const other = request.signature.startsWith('0') ? '1' : '0';
      const forged = bytesOf(request).replace(request.signature, other + request.signature.slice(1));
      assert.match(await rawExchange(server?.url ?? '', forged), /"errorCode":"SignatureNotMatch"/);
    });
  }
});
