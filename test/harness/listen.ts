/** A server of a test's own: pages to try the harness on, or a client's end of a redirect. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export interface Listening extends AsyncDisposable {
  readonly url: string;
}

/** Listens on a free port of loopback, with one handler for each path; every other path is 404. */
export async function listen(routes: Readonly<Record<string, Handler>>): Promise<Listening> {
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const route = routes[new URL(request.url ?? '/', 'http://localhost').pathname];
    if (route) route(request, response, body);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with what was asked, as JSON: `{method, url, headers, body}`. */
export const echo: Handler = ({ method, url, headers }, response, body) => {
  response.end(JSON.stringify({ method, url, headers, body }));
};

export const show =
  (html: string, headers: Readonly<Record<string, string | string[]>> = {}): Handler =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(html);
  };

export const redirect =
  (status: number, location: string, headers: Readonly<Record<string, string | string[]>> = {}): Handler =>
  (_request, response) => {
    response.writeHead(status, { location, ...headers }).end();
  };
