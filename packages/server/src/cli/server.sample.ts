/** A server on a folder of its own, for tests of the admin API: real store, real keys, no port. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { composeServer, type Overrides, type Server } from '../compose.ts';
import { loadConfig } from '../config/load.ts';

export const sampleMasterKey = Buffer.alloc(32, 7).toString('base64');
export const sampleAdminToken = 'admin-token-of-the-tests';

export type Json = Readonly<Record<string, unknown>>;

export interface SampleAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Json;
}

export interface SampleServer {
  readonly server: Server;
  /** Calls the admin API; `token: null` sends none. */
  call(method: Method, path: string, body?: unknown, token?: string | null): Promise<SampleAnswer>;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export function sampleFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'data');
}

export async function sampleServer(t: TestContext, overrides: Overrides = {}): Promise<SampleServer> {
  const folder = sampleFolder(t);
  const flags = { 'data.dir': folder, 'log.level': 'silent', 'server.port': '0' };
  const server = await composeServer(loadConfig({ env: {}, flags }), {
    masterKey: sampleMasterKey,
    adminToken: sampleAdminToken,
    ...overrides,
  });
  t.after(() => server.close());
  return {
    server,
    async call(method, path, body, token = sampleAdminToken) {
      const answer = await server.app.inject({
        method,
        url: `/admin/v1${path}`,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      return { status: answer.statusCode, headers: answer.headers, body: answer.json() };
    },
  };
}
