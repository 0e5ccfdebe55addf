/** A POST with a body, as a client with a kept connection sends it. */

import type { HttpRequest } from '../load/load.ts';

export interface PostAsk {
  readonly host: string;
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
  /** Beside those that every request has. */
  readonly headers?: HttpRequest['headers'];
}

export const post = ({ host, path, contentType, body, headers = [] }: PostAsk): HttpRequest => ({
  method: 'POST',
  path,
  headers: [
    ...headers,
    ['content-type', contentType],
    ['content-length', String(Buffer.byteLength(body))],
    ['host', host],
    ['connection', 'keep-alive'],
  ],
  body,
});

/** The same request for another server. */
export const forHost = (request: HttpRequest, host: string): HttpRequest => ({
  ...request,
  headers: request.headers.map(([name, value]) => [name, name === 'host' ? host : value]),
});
