/** Reaches the admin API of a running server. */

import { CliError, exitCodes, usageError } from '@hufu/client/terminal';
import type { AdminTransport } from './admin-client.ts';

/** A check of a large audit log takes long; nothing else does. */
const timeoutMs = 10 * 60 * 1000;

/** @param url of the server, with or without `/admin/v1`. */
export function httpTransport(url: string): AdminTransport {
  const base = baseOf(url);
  return {
    async send({ method, path, token, body }) {
      const headers: Record<string, string> = { authorization: `Bearer ${token}` };
      if (body !== undefined) headers['content-type'] = 'application/json';
      try {
        const answer = await fetch(`${base}${path}`, {
          method,
          headers,
          body: body ?? null,
          // The token is for this server, not for whoever it points to.
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
        });
        return { status: answer.status, body: await answer.text() };
      } catch (error) {
        throw new CliError(exitCodes.network, 'network', `${base} cannot be reached: ${causeOf(error)}`);
      }
    },
    close: async () => undefined,
  };
}

function baseOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw usageError('--url: allowed: http(s)://HOST[:PORT], without a user name');
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/admin\/v1$/, '')}`;
}

/** `fetch` says "fetch failed" and hides why in the cause. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error ? cause.message : 'unknown';
}
