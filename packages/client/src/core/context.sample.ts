/** For tests of providers: what they send is kept, and what comes back is written down beforehand. */

import assert from 'node:assert/strict';
import { type ManualClock, manualClock } from '../testing/manual-clock.ts';
import type { FetchLike } from './platform.ts';
import type { ProviderContext } from './provider.ts';

export interface SentRequest {
  readonly url: string;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WrittenAnswer {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: object | string;
}

/** An answer, a function that gives one, or an error as `fetch` throws it. */
export type Reply = WrittenAnswer | Error | ((request: SentRequest) => WrittenAnswer);

export interface Wire {
  readonly fetch: FetchLike;
  readonly sent: readonly SentRequest[];
  readonly clock: ManualClock;
  readonly context: ProviderContext;
  readonly remarks: readonly string[];
}

/** Replies in order; one more request than replies fails the test. */
export function wire(replies: readonly Reply[], startMs?: number): Wire {
  const sent: SentRequest[] = [];
  const remarks: string[] = [];
  const left = [...replies];
  const clock = manualClock(startMs);
  const fetch: FetchLike = async (url, { method = 'GET', headers = {}, body = '' } = {}) => {
    assert.equal(typeof body, 'string');
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const request = { url, method, headers: lower, body: String(body) };
    sent.push(request);
    const reply = left.shift();
    assert.ok(reply, `nothing was expected at ${url}`);
    if (reply instanceof Error) throw reply;
    const {
      status = 200,
      headers: answered = {},
      body: text = '',
    } = typeof reply === 'function' ? reply(request) : reply;
    // Everything that comes from a server goes through the platform's own type.
    return new Response(typeof text === 'string' ? text : JSON.stringify(text), { status, headers: answered });
  };
  const signal = new AbortController().signal;
  const log = (remark: string): number => remarks.push(remark);
  const context = { fetch, signal, clock, idempotencyKey: 'attempt-1', attempt: 1, log };
  return { fetch, sent, clock, context, remarks };
}

/** A request that left, and whose answer never came. */
export const lostAnswer = (): Error => new TypeError('fetch failed', { cause: { code: 'UND_ERR_SOCKET' } });

/** A compact JWT that says this; signed by nobody. */
export function jwtOf(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`;
}
