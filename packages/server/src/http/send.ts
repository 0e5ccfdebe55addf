/** Writes an answer. Past Fastify's own reply, because header sets are part of what vendors' clients may see. */

import type { ServerResponse } from 'node:http';
import type { WireAnswer } from '../dialects/dialect.ts';
import { post } from './outbox.ts';

/** As much of a response as an answer needs. */
export type Outgoing = Pick<ServerResponse, 'shouldKeepAlive' | 'headersSent' | 'destroyed'> & {
  writeHead(status: number, headers: string[]): unknown;
  end(body: string, encoding: BufferEncoding): unknown;
};

/**
 * Adds what belongs to the transport: `content-length`, `connection`, and `date` by the server's clock, which the emulator
 * may have stopped. An explicit `connection` also keeps Node from adding a `keep-alive` header that no vendor sends.
 */
export function send(response: Outgoing, answer: WireAnswer, nowMs: number, closing: boolean): void {
  const bytes = Buffer.byteLength(answer.body);
  const close = closing || !response.shouldKeepAlive;
  const headers = [
    ...answer.headers,
    // RFC 9110, section 8.6: none where there cannot be a body.
    ...(answer.status === 204 ? [] : ['content-length', String(bytes)]),
    'connection',
    close ? 'close' : 'keep-alive',
    'date',
    httpDate(nowMs),
  ];
  post(() => {
    if (response.headersSent || response.destroyed) return;
    response.writeHead(answer.status, headers);
    // ASCII goes out as it is, in one write with the headers.
    response.end(answer.body, bytes === answer.body.length ? 'latin1' : 'utf8');
  });
}

let lastSecond = Number.NaN;
let lastDate = '';

/** IMF-fixdate (RFC 9110, section 5.6.7), made once a second. */
export function httpDate(nowMs: number): string {
  const second = Math.floor(nowMs / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastDate = new Date(second * 1000).toUTCString();
  }
  return lastDate;
}
