/** Sends one prepared request, byte for byte as the load generator would, and gives the answer. */

import { request as open } from 'node:http';
import { text } from 'node:stream/consumers';
import type { HttpRequest } from '../load/load.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export function send(url: string, { method, path, headers, body }: HttpRequest): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const { hostname, port } = new URL(url);
  const outgoing = open({ hostname, port, method, path, headers: headers.flat() }, (incoming) => {
    text(incoming).then((answer) => resolve({ status: incoming.statusCode ?? 0, body: answer }), reject);
  });
  outgoing.once('error', reject);
  outgoing.end(body);
  return promise;
}

/** Throws where the answer is not a success; it is not repeated, since it may hold a secret. */
export async function sendSuccessfully(url: string, request: HttpRequest): Promise<string> {
  const { status, body } = await send(url, request);
  if (status < 200 || status > 299) throw new Error(`${request.path.split('?', 1)} answered ${status}`);
  return body;
}
