/**
 * One request of a provider, as the engine wants it: bounded in time and size, the clock learned, every failure a
 * `TokenError` that says whether the request may have taken effect. Redirects are not followed: they would carry secrets away.
 */

import { TokenError } from './errors.ts';
import type { FetchInit, FetchResponse } from './platform.ts';
import type { ProviderContext } from './provider.ts';
import { plainWord } from './redact.ts';
import { retryAfterMs } from './retry-after.ts';

export interface ExchangeRequest extends Omit<FetchInit, 'signal' | 'redirect'> {
  readonly url: string;
}

export interface ExchangeAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly text: string;
  /** The body as JSON; `undefined` where it is none. */
  readonly json: unknown;
}

declare const Request: { readonly prototype: object } | undefined;

/**
 * Pages send cookies to their own origin, and ask their reader for a password where an answer is 401 with `Basic`, unless they are
 * told not to. Platforms without cookies may refuse an option that they do not have.
 */
const alone =
  typeof Request !== 'undefined' && 'credentials' in Request.prototype && ({ credentials: 'omit' } as const);

/** 1 MiB: the longest token answers seen are some 10 KiB. */
const longestAnswerBytes = 1024 * 1024;

export async function exchange(context: ProviderContext, request: ExchangeRequest): Promise<ExchangeAnswer> {
  const { url, ...init } = request;
  const startedMs = context.clock.monoMs();
  let response: FetchResponse;
  let text: string | undefined;
  try {
    response = await context.fetch(url, { ...alone, ...init, signal: context.signal, redirect: 'manual' });
    const announced = Number(response.headers.get('content-length') ?? 0);
    text = announced > longestAnswerBytes ? undefined : await response.text();
  } catch (error) {
    throw unanswered(error, context.signal.aborted);
  }
  context.clock.learn(response.headers.get('date'), context.clock.monoMs() - startedMs);
  if (text === undefined || text.length > longestAnswerBytes) {
    throw new TokenError({
      code: 'malformed_response',
      message: 'the answer is longer than 1 MiB',
      status: response.status,
      uncertain: response.status < 400,
    });
  }
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

/**
 * The error for an answer that is no success. Statuses decide over what is worth a retry; what a vendor's code means is the
 * provider's to say, with `code`.
 */
export function refusal(
  answer: ExchangeAnswer,
  context: ProviderContext,
  facts: {
    /** What was asked for, in the vendor's words. */
    readonly call?: string;
    readonly code?: TokenError['code'] | undefined;
    readonly vendorCode?: unknown;
    readonly reauthRequired?: boolean;
  } = {},
): TokenError {
  const { status } = answer;
  const code = facts.code ?? codeByStatus(status);
  const vendorCode = plainWord(facts.vendorCode);
  return new TokenError({
    code,
    message: `${facts.call ? `${facts.call}: ` : ''}the server refused with ${status}${vendorCode ? ` (${vendorCode})` : ''}`,
    status,
    vendorCode,
    retryAfterMs: retryAfterMs(answer.headers.get('retry-after'), context.clock.nowMs() + context.clock.offsetMs()),
    reauthRequired: facts.reauthRequired,
    // A gateway may have lost the answer of a server that did the work.
    uncertain: code === 'server_error' && status >= 500,
  });
}

function codeByStatus(status: number): TokenError['code'] {
  if (status === 429) return 'rate_limited';
  if (status === 408 || status === 425 || status >= 500) return 'server_error';
  return status >= 400 ? 'config' : 'malformed_response';
}

/** Causes that mean that no connection was made, so that nothing was sent. */
const unsent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Deno has no codes; its HTTP client says which step failed. */
const connectFailed = /client error \(Connect\)/;

const causeOf = (error: unknown): string => (error instanceof Error ? String(error.cause) : '');

function unanswered(cause: unknown, isTimeout: boolean): TokenError {
  const reason = systemCode(cause);
  return new TokenError({
    code: isTimeout ? 'timeout' : 'network',
    message: isTimeout ? 'no answer in time' : `no answer${reason ? ` (${reason})` : ''}`,
    uncertain: isTimeout || !(unsent.has(reason ?? '') || connectFailed.test(causeOf(cause))),
    cause,
  });
}

/** `ECONNREFUSED` and the like, which `fetch` hides in its cause. */
function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const own = 'code' in error ? plainWord(error.code) : undefined;
  return own ?? ('cause' in error ? systemCode(error.cause) : undefined);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
