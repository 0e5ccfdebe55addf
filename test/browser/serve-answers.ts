/** Real HTTP for answers that are made of nothing but a model: what a browser gets is what the server would send. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { WireAnswer } from '../../packages/server/src/dialects/dialect.ts';

export interface Posted {
  readonly path: string;
  readonly contentType: string | undefined;
  readonly fields: ReadonlyArray<readonly [name: string, value: string]>;
}

export interface Served extends AsyncDisposable {
  readonly origin: string;
  /** What GET answers from now on, at any path. */
  show(answer: WireAnswer): void;
  /** What POST answers from now on; at first a page with nothing to see. */
  answerPosts(answer: WireAnswer): void;
  readonly posted: readonly Posted[];
}

const plain = (body: string): WireAnswer => ({ status: 200, headers: ['content-type', 'text/plain'], body });

export const redirect = (location: string): WireAnswer => ({ status: 303, headers: ['location', location], body: '' });

export async function serveAnswers(): Promise<Served> {
  let shown = plain('nothing yet');
  let toPosts = plain('posted');
  const posted: Posted[] = [];
  const server = createServer((request, response) => void respond(request, response));
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return write(response, shown);
    const fields = [...new URLSearchParams(await text(request))];
    posted.push({ path: request.url ?? '', contentType: request.headers['content-type'], fields });
    write(response, toPosts);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an address of this shape.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    show: (answer) => {
      shown = answer;
    },
    answerPosts: (answer) => {
      toPosts = answer;
    },
    posted,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const write = (response: ServerResponse, { status, headers, body }: WireAnswer): void => {
  response.writeHead(status, [...headers]).end(body);
};
