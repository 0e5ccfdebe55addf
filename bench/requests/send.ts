/** Sends one prepared request, byte for byte as the load generator would, and gives the answer. */

import { request as open } from 'node:http';
import { text } from 'node:stream/consumers';
import type { HttpRequest } from '../load/load.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export async function send(url: string, { method, path, headers, body }: HttpRequest): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  // No pool: servers come and go here, and a kept connection may belong to one that is gone.
  const options = { hostname, port, method, path, headers: headers.flat(), agent: false };
  const outgoing = open(options, (incoming) => {
    text(incoming).then((answer) => resolve({ status: incoming.statusCode ?? 0, body: answer }), reject);
  });
  outgoing.on('error', reject);
  outgoing.end(body);
  try {
    return await promise;
  } catch (cause) {
    throw new Error(`${nameOf(path)} was not answered`, { cause });
  }
}

/** Throws where the answer is not a success; it is not repeated, since it may hold a secret. */
export async function sendSuccessfully(url: string, request: HttpRequest): Promise<string> {
  const { status, body } = await send(url, request);
  if (status < 200 || status > 299) throw new Error(`${nameOf(request.path)} was answered with ${status}`);
  return body;
}

/** Without the query, which may hold a ticket. */
const nameOf = (path: string): string => path.split('?', 1).join();
