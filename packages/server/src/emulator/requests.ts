/** What arrived lately, for tests that ask what their client sent. Bounded, and without secrets from the moment it is kept. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../service/ports.ts';
import { shortenBody, shortenHeader, shortenPairs } from './shorten.ts';

export interface ArrivedRequest {
  /** By the emulator's clock. */
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  /** As it came, undecoded, secrets shortened. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Of the answer; `undefined` while there is none, and for ever where the connection was dropped. */
  readonly status: number | undefined;
}

export interface Arrived {
  /** Oldest first. */
  list(): readonly ArrivedRequest[];
  clear(): void;
}

export interface RequestLedger extends Arrived {
  /** Keeps every request that this app gets from now on, but for those of the admin API. */
  watch(app: FastifyInstance): void;
}

/** Requests that are kept. */
export const keptRequests = 1000;
/** Of a body; the rest is cut off. */
const keptBodyCharacters = 4096;

type Entry = Omit<ArrivedRequest, 'status' | 'body'> & {
  body: string;
  status: number | undefined;
  /** Until it is closed. */
  response: ServerResponse | undefined;
};

/** Asked of the response itself: its client may have the answer before any event tells of it. */
const statusOf = ({ response, status }: Entry): number | undefined =>
  response?.headersSent ? response.statusCode : status;

export function createRequestLedger(clock: Clock): RequestLedger {
  let entries: Entry[] = [];
  let byRequest = new WeakMap<IncomingMessage, Entry>();
  return {
    list: () =>
      entries.map((entry) => {
        const { response: _open, ...kept } = entry;
        return { ...kept, status: statusOf(entry) };
      }),
    clear() {
      entries = [];
      byRequest = new WeakMap();
    },
    watch(app) {
      app.addHook('onRequest', async ({ raw }, reply) => {
        const entry = arrived(raw, reply.raw, clock.nowMs());
        if (entry.path.startsWith('/admin/')) return;
        reply.raw.once('close', () => {
          entry.status = statusOf(entry);
          entry.response = undefined;
        });
        byRequest.set(raw, entry);
        entries.push(entry);
        if (entries.length > keptRequests) entries.shift();
      });
      app.addHook('preHandler', async ({ raw, body }) => {
        const entry = byRequest.get(raw);
        if (!entry || !(body instanceof Uint8Array) || body.length === 0) return;
        const text = Buffer.from(body).toString('utf8');
        entry.body = shortenBody(raw.headers['content-type'] ?? '', text).slice(0, keptBodyCharacters);
      });
    },
  };
}

function arrived(raw: IncomingMessage, response: ServerResponse, atMs: number): Entry {
  const url = raw.url ?? '/';
  const at = url.indexOf('?');
  const headers: Record<string, string> = {};
  for (let index = 0; index < raw.rawHeaders.length; index += 2) {
    const name = (raw.rawHeaders[index] ?? '').toLowerCase();
    const value = shortenHeader(name, raw.rawHeaders[index + 1] ?? '');
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name]}, ${value}` : value;
  }
  return {
    atMs,
    method: raw.method ?? '',
    path: at < 0 ? url : url.slice(0, at),
    query: at < 0 ? '' : shortenPairs(url.slice(at + 1)),
    headers,
    body: '',
    status: undefined,
    response,
  };
}
