/** The agent's HTTP server: reads requests within bounds, lets in whom the door lets in, and ends without keeping anybody waiting. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerAgent, type ServedProfiles } from './answer.ts';
import { type Door, turnedAway } from './guard.ts';
import type { AgentAnswer } from './request.ts';

export interface ServerOptions {
  /** Connections at once; further ones are closed. Default 512. */
  readonly connections?: number | undefined;
  /** For a whole request to arrive, in milliseconds. Default 10 000. */
  readonly requestTimeoutMs?: number | undefined;
  /** Default 64 KiB, which the largest token is far below. */
  readonly mostBodyBytes?: number | undefined;
}

/** @param door asked for each request, because a port is known only after the server listens. */
export function agentServer(profiles: ServedProfiles, door: () => Door, options: ServerOptions = {}): Server {
  const { connections = 512, requestTimeoutMs = 10_000, mostBodyBytes = 64 * 1024 } = options;

  async function answer(incoming: IncomingMessage, gone: AbortSignal): Promise<AgentAnswer> {
    const url = urlOf(incoming.url);
    if (!url) return badRequest(400, 'the path is none');
    const head = { method: incoming.method ?? '', url, headers: incoming.headers, signal: gone };
    const away = turnedAway({ ...head, body: '' }, door());
    if (away) return away;
    const body = await textOf(incoming, mostBodyBytes);
    if (body === undefined) return badRequest(413, `a body has at most ${mostBodyBytes} bytes`);
    return answerAgent({ ...head, body }, profiles);
  }

  const server = createServer(
    { requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs },
    (incoming, out) => {
      const gone = new AbortController();
      out.on('close', () => gone.abort());
      answer(incoming, gone.signal).then(
        (found) => send(out, found),
        // Only a connection that broke gets here: nobody is left to tell.
        () => out.destroy(),
      );
    },
  );
  server.maxConnections = connections;
  return server;
}

const badRequest = (status: number, message: string): AgentAnswer => ({
  status,
  body: { error: 'bad_request', message },
});

function send(out: ServerResponse, { status, headers, body }: AgentAnswer): void {
  const text = JSON.stringify(body);
  out.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...headers,
  });
  out.end(text);
}

/** Clients that speak to a proxy send whole URLs; theirs is as good as a path. */
const urlOf = (target = '/'): URL | undefined =>
  URL.canParse(target, 'http://agent') ? new URL(target, 'http://agent') : undefined;

/** `undefined` where it is too long. */
async function textOf(incoming: IncomingMessage, mostBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += chunk.length;
    if (bytes <= mostBytes) chunks.push(chunk);
  }
  return bytes > mostBytes ? undefined : Buffer.concat(chunks).toString('utf8');
}
