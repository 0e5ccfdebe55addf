/**
 * Where a user comes back to: an address of this machine that one login listens on, for as long as it lasts (RFC 8252, section
 * 7.3). Whoever else knocks is sent away, and the login goes on.
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TokenError } from '../../core/errors.ts';
import type { Signal } from '../../core/platform.ts';
import { errnoOf } from '../../files/errno.ts';
import { callbackHeaders, callbackPage } from './callback-page.ts';

export interface CallbackServer {
  /** With the port that it listens on. */
  readonly redirectUri: string;
  /** The URL that the user came back to, by the state of the login. */
  callback(state: string, signal: Signal): Promise<string>;
  close(): Promise<void>;
}

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;
const longestUrl = 16 * 1024;

/** Whether a user can come back to a server of this command; otherwise they bring the address along themselves. */
export function isLoopback(redirectUri: string): boolean {
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : undefined;
  return url !== undefined && url.protocol === 'http:' && loopback.test(url.hostname);
}

/** @param redirectUri loopback; without a port any free one is taken. Throws `TokenError` with `config` where the port is taken. */
export async function openCallbackServer(redirectUri: string): Promise<CallbackServer> {
  const wanted = new URL(redirectUri);
  const waiting = new Map<string, (url: string) => void>();
  const server = createServer({ maxHeaderSize: longestUrl }, (request, response) => {
    const callback = callbackOf(request, wanted);
    const state = callback?.searchParams.get('state') ?? undefined;
    const settle = state === undefined ? undefined : waiting.get(state);
    answer(request, response, callback, settle !== undefined);
    if (callback && settle) settle(callback.href);
  });
  // A browser keeps its connection open, and the command would wait for it.
  server.keepAliveTimeout = 1;
  const port = await listen(server, wanted);
  const here = new URL(wanted);
  here.port = String(port);
  return {
    redirectUri: wanted.port === '' ? here.href : redirectUri,
    callback: (state, signal) =>
      new Promise((resolve, reject) => {
        waiting.set(state, resolve);
        const leave = (): void =>
          reject(new TokenError({ code: 'timeout', message: 'nobody came back from the login' }));
        if (signal.aborted) return leave();
        signal.addEventListener('abort', leave, { once: true });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: ReturnType<typeof createServer>, { hostname, port }: URL): Promise<number> {
  const host = hostname === 'localhost' ? 'localhost' : hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const message = `the login cannot listen on ${hostname}:${port} (${errnoOf(cause) ?? 'unknown'}), where the user comes back to`;
      reject(new TokenError({ code: 'config', message, cause }));
    });
    server.listen(port === '' ? 0 : Number(port), host, () => {
      // Listening on a port, not on a pipe.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** The callback that a request is; `undefined`: it is none. Pages of other sites reach this server by other names only. */
function callbackOf({ method, url = '', headers }: IncomingMessage, wanted: URL): URL | undefined {
  const host = headers.host ?? '';
  if (method !== 'GET' || !loopback.test(host.replace(/:\d+$/, ''))) return undefined;
  const text = `http://${host}${url}`;
  const callback = URL.canParse(text) ? new URL(text) : undefined;
  return callback?.pathname === wanted.pathname ? callback : undefined;
}

function answer(request: IncomingMessage, response: ServerResponse, callback: URL | undefined, isOurs: boolean): void {
  const outcome = !callback || !isOurs ? 'other' : callback.searchParams.has('error') ? 'refused' : 'done';
  request.resume();
  response.writeHead(outcome === 'other' ? 404 : 200, callbackHeaders).end(callbackPage(outcome));
}
