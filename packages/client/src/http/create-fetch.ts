/** A `fetch` that carries a token, and sends a request again once where the token was refused. */

import { isTokenError, TokenError } from '../core/errors.ts';
import type { AnswerFacts, Signal, Token, TokenSource } from '../core/types.ts';
import { isJson, jsonOf } from './answer-json.ts';
import { AuthReplayError } from './auth-replay-error.ts';
import { isReplayable } from './body.ts';
import { type Call, callOf, initOf, redirected, urlOf } from './call.ts';
import type { AnyFetch, FetchShape, PlatformFetch, ResponseShape } from './shapes.ts';

export interface FetchOptions<Fetch extends AnyFetch = PlatformFetch> {
  /** The token goes to these and nowhere else, also not by a redirect: `https://api.example.com`. */
  readonly origins: readonly string[];
  /** Default: the platform's. */
  readonly fetch?: Fetch | undefined;
  /** Where the token goes. Default: `authorization`, after the token's type. */
  readonly header?: { readonly name: string; readonly value: (token: Token) => string } | undefined;
  /**
   * Whether an answer means that the token is no longer good. Default: status 401. `body` is its JSON, if it is any. A provider
   * that knows its vendor's refusals has one: `provider.isAuthFailure`.
   */
  readonly authFailure?: ((answer: AnswerFacts, body: unknown) => boolean) | undefined;
  /**
   * Which answers `authFailure` is asked about: those of status 400 and above (`errors`, the default), or also every other one
   * in JSON (`json`), for vendors that refuse with status 200. Such an answer comes when its body is there.
   */
  readonly refusalsIn?: 'errors' | 'json' | undefined;
  /** A longer body is no refusal, and `authFailure` is not shown it. Default 64 KiB. */
  readonly refusalLimitBytes?: number | undefined;
}

const authorization = { name: 'authorization', value: (token: Token): string => `${token.type} ${token.token}` };
const mostRedirects = 20;
const defaultRefusalLimitBytes = 64 * 1024;

/**
 * A request that has the header already is left as it is. A body may be a function that makes it, so that a stream can be sent
 * again. Where no other token can be had, the refusal of the server is the answer.
 */
export function createFetch<Fetch extends AnyFetch = PlatformFetch>(
  source: TokenSource,
  options: FetchOptions<Fetch>,
): Fetch {
  const origins = new Set(options.origins.map((origin) => urlOf(origin).origin));
  const { value } = options.header ?? authorization;
  const name = (options.header ?? authorization).name.toLowerCase();
  const send = (options.fetch ?? platformFetch) as unknown as FetchShape;
  const { authFailure, refusalsIn = 'errors', refusalLimitBytes = defaultRefusalLimitBytes } = options;
  const refusals = createRefusals();

  async function isFailure(response: ResponseShape): Promise<boolean> {
    if (!authFailure) return response.status === 401;
    const mayBe = response.status >= 400 || (refusalsIn === 'json' && isJson(response));
    return mayBe && authFailure(response, await jsonOf(response, refusalLimitBytes));
  }

  /** Platforms take `authorization` away where a redirect leaves the origin; any other header is ours to take care of. */
  const follows = (call: Call): boolean => name !== 'authorization' && call.redirect === 'follow';

  const attempt = (call: Call, token: Token): Promise<ResponseShape> =>
    send(
      call.input,
      initOf(call, {
        headers: { ...call.headers, [name]: value(token) },
        ...(follows(call) && { redirect: 'manual' }),
      }),
    );

  async function answered(call: Call): Promise<ResponseShape> {
    // The platform's signals are what `fetch` takes, and nothing else gets here.
    const asking = call.signal ? { signal: call.signal as Signal } : undefined;
    const token = await source.getToken(asking);
    const response = await attempt(call, token);
    const isElsewhere = response.url !== '' && new URL(response.url).origin !== call.url.origin;
    if (isElsewhere) return response;
    if (!(await isFailure(response))) {
      refusals.taken(token);
      return response;
    }
    if (refusals.has(token, call.url)) return response;
    let other: Token;
    try {
      other = await source.getToken({ ...asking, reject: token });
    } catch (error) {
      if (isTokenError(error, 'aborted')) throw error;
      return response;
    }
    if (!isReplayable(call.body)) throw new AuthReplayError(response);
    discard(response);
    const second = await attempt(call, other);
    if (await isFailure(second)) refusals.add(other, call.url);
    else refusals.taken(other);
    return second;
  }

  async function carried(call: Call, hops: number): Promise<ResponseShape> {
    if (!origins.has(call.url.origin) || name in call.headers) return send(call.input, initOf(call, {}));
    const response = await answered(call);
    if (!follows(call)) return response;
    if (response.type === 'opaqueredirect')
      throw refused('this platform hides where it redirects: use the authorization header');
    const next = redirected(call, response);
    if (!next) return response;
    if (hops === mostRedirects) throw refused('too many redirects');
    if (!isReplayable(next.body)) throw new AuthReplayError(response);
    discard(response);
    return carried(next, hops + 1);
  }

  const carry: FetchShape = (input, init) => carried(callOf(input, init), 0);
  // It takes and gives what the `fetch` inside does.
  return carry as unknown as Fetch;
}

const platformFetch: FetchShape = (input, init) => (fetch as unknown as FetchShape)(input, init);

const refused = (message: string): TokenError => new TokenError({ code: 'config', message: `createFetch: ${message}` });

interface Refusals {
  /** Whether another token would not do better here. */
  has(token: Token, url: URL): boolean;
  /** The place refused a token that was just got. */
  add(token: Token, url: URL): void;
  /** Some place took the token. */
  taken(token: Token): void;
}

/**
 * Asking for another token at each refusal is a storm. A place that refused a token which was just got will refuse the next one;
 * and where no place took that token at all, it is not the token that is wrong, and no other place is asked about either.
 */
function createRefusals(): Refusals {
  let secret = '';
  let takenSecret = '';
  let places = new Set<string>();
  const place = ({ origin, pathname }: URL): string => `${origin}${pathname}`;
  return {
    has: (token, url) => token.token === secret && (secret !== takenSecret || places.has(place(url))),
    taken(token) {
      takenSecret = token.token;
    },
    add(token, url) {
      if (token.token !== secret) places = new Set();
      secret = token.token;
      places.add(place(url));
    },
  };
}

/** Frees the connection of an answer that nobody reads. */
function discard({ body }: ResponseShape): void {
  if (typeof body !== 'object' || body === null || !('cancel' in body) || typeof body.cancel !== 'function') return;
  Promise.resolve(body.cancel()).catch(() => {});
}
