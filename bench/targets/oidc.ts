/** The peer, and the two requests that it is measured with. */

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { HttpRequest } from '../load/load.ts';
import { startAnnounced } from './announced.ts';
import { hostOf, type Target } from './target.ts';

export interface OidcTarget extends Target {
  /** client_credentials by `client_secret_basic`. */
  tokenRequest(format: 'opaque' | 'jwt'): HttpRequest;
}

const resource = 'https://api.example.com';

export async function startOidc(): Promise<OidcTarget> {
  const [clientId, clientSecret] = ['bench', randomBytes(32).toString('hex')];
  const target = await startAnnounced(join(import.meta.dirname, 'oidc-server.mjs'), [clientId, clientSecret, resource]);
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  return {
    ...target,
    tokenRequest(format) {
      const form = new URLSearchParams({ grant_type: 'client_credentials' });
      if (format === 'jwt') form.set('resource', resource);
      const body = form.toString();
      const headers = [
        ['host', hostOf(target)],
        ['connection', 'keep-alive'],
        ['accept', 'application/json'],
        ['authorization', `Basic ${basic}`],
        ['content-type', 'application/x-www-form-urlencoded'],
        ['content-length', String(body.length)],
      ] as const;
      return { method: 'POST', path: '/token', headers, body };
    },
  };
}
