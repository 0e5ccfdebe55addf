/** One request on its way, in whichever form it was handed over. */

import { TokenError } from '../core/errors.ts';
import { bodyFor } from './body.ts';
import { type HeaderRecord, headersOf } from './headers.ts';
import { type InitShape, isRequest, type ResponseShape } from './shapes.ts';

export interface Call {
  /** What goes to `fetch` as its first argument. */
  readonly input: unknown;
  readonly url: URL;
  readonly init: InitShape;
  readonly method: string;
  readonly headers: HeaderRecord;
  readonly body: unknown;
  readonly redirect: string;
  readonly signal: unknown;
}

/** The page, in browsers: what a relative address is meant by. */
declare const location: { readonly href: string } | undefined;

export function urlOf(address: string): URL {
  try {
    return new URL(address, typeof location === 'undefined' ? undefined : location.href);
  } catch {
    throw new TokenError({ code: 'config', message: 'createFetch: an address that is no URL' });
  }
}

export function callOf(input: unknown, init: InitShape = {}): Call {
  const request = isRequest(input) ? input : undefined;
  return {
    input,
    init,
    url: urlOf(request ? request.url : String(input)),
    method: init.method ?? request?.method ?? 'GET',
    headers: headersOf(init.headers ?? request?.headers),
    body: init.body ?? request?.body,
    redirect: init.redirect ?? request?.redirect ?? 'follow',
    signal: init.signal ?? request?.signal,
  };
}

/** The second argument of `fetch`, made anew for each attempt. */
export function initOf(call: Call, change: { readonly headers?: HeaderRecord; readonly redirect?: string }): InitShape {
  // The body of a request object stays its own.
  const body = call.init.body === undefined ? {} : { body: bodyFor(call.init.body) };
  return { ...call.init, ...body, ...change };
}

const redirects = new Set([301, 302, 303, 307, 308]);
/** They belong to the origin that they were meant for. */
const credentials = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** What follows on a redirect (Fetch standard, "HTTP-redirect fetch"); `undefined` where the answer is none. */
export function redirected(call: Call, response: ResponseShape): Call | undefined {
  const target = redirects.has(response.status) ? response.headers.get('location') : null;
  if (target === null) return undefined;
  const url = new URL(target, call.url);
  const { status } = response;
  const becomesGet = status === 303 ? call.method !== 'HEAD' : status < 303 && call.method === 'POST';
  const isElsewhere = url.origin !== call.url.origin;
  const headers = Object.entries(call.headers).filter(
    ([name]) => !(becomesGet && name.startsWith('content-')) && !(isElsewhere && credentials.has(name)),
  );
  const method = becomesGet ? 'GET' : call.method;
  const body = becomesGet ? undefined : call.body;
  const { signal } = call;
  const init = { ...call.init, method, headers: Object.fromEntries(headers), body, ...(signal ? { signal } : {}) };
  return callOf(url.href, init);
}
