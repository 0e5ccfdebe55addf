/**
 * `@hufu/client/axios`: an axios instance whose requests carry the token of a token source, to listed origins alone, and are sent
 * again once where the token was refused.
 *
 * @example attachAxios(axios.create({ baseURL }), source, { origins: [baseURL] });
 */

import { systemClock } from '../core/clock.ts';
import { isTokenError, TokenError } from '../core/errors.ts';
import type { AnswerFacts, Clock, Signal, Token, TokenSource } from '../core/types.ts';
import { AuthReplayError } from '../http/auth-replay-error.ts';
import { isReplayable } from '../http/body.ts';
import { originOf } from './axios-origin.ts';
import {
  type AxiosAnswer,
  type AxiosConfig,
  type AxiosShape,
  hasHeader,
  headerReader,
  isAnswer,
  setHeader,
} from './axios-shapes.ts';
import { replacing } from './replacement.ts';

export { AuthReplayError } from '../http/auth-replay-error.ts';
export type { AxiosAnswer, AxiosConfig, AxiosShape } from './axios-shapes.ts';

export interface AttachOptions {
  /** The token goes to these and nowhere else: `https://api.example.com`. A redirect is axios's own matter. */
  readonly origins: readonly string[];
  /** What follows `authorization:`. Default: the token after its type. */
  readonly value?: ((token: Token) => string) | undefined;
  /** Whether an answer says that the token is no longer good. Default: status 401. */
  readonly authFailure?: ((answer: AnswerFacts, data: unknown) => boolean) | undefined;
  /** Default: the clocks of this process. */
  readonly clock?: Clock | undefined;
}

/** How a request was sent. */
interface Attempt {
  readonly token: Token;
  readonly isReplay: boolean;
}

/** A class, since axios copies plain objects of a configuration and leaves others as they are. Empty: errors print it. */
class Mark {}

const header = 'authorization';
const markName = 'hufuMark';

/**
 * Two interceptors; what it returns takes them out. A request with `skipAuth: true`, or with an `authorization` of its own, is
 * left as it is. Attach it after other interceptors of answers: those that come later see a second answer twice. Where no other token can be had, the refusal is the answer. Rejects with `TokenError` where there is no token.
 */
export function attachAxios<Config extends AxiosConfig, Answer extends AxiosAnswer>(
  axios: AxiosShape<Config, Answer>,
  source: TokenSource,
  { origins, value, authFailure, clock = systemClock() }: AttachOptions,
): () => void {
  const listed = new Set(origins.map(checkedOrigin));
  const isFailure = authFailure ?? (({ status }: AnswerFacts) => status === 401);
  const replace = replacing(source, clock);
  // Of this attachment alone: two sources on one instance leave each other's requests in peace.
  const attempts = new WeakMap<Mark, Attempt>();
  const markOf = (attempt: Attempt): { readonly [markName]: Mark } => {
    const mark = new Mark();
    attempts.set(mark, attempt);
    return { [markName]: mark };
  };
  const attemptOf = (config: object): Attempt | undefined => {
    const mark: unknown = Reflect.get(config, markName);
    return mark instanceof Mark ? attempts.get(mark) : undefined;
  };

  async function carry(config: Config): Promise<Config> {
    const headers = config.headers ?? {};
    const origin = originOf(config);
    if (Reflect.get(config, 'skipAuth') === true || origin === undefined || !listed.has(origin)) return config;
    let attempt = attemptOf(config);
    if (!attempt?.isReplay) {
      if (hasHeader(headers, header)) return config;
      attempt = { token: await source.getToken(signalOf(config)), isReplay: false };
    }
    setHeader(headers, header, value?.(attempt.token) ?? `${attempt.token.type} ${attempt.token.token}`);
    return Object.assign(config, { headers }, markOf(attempt));
  }

  /** The answer to the same request with another token; `undefined` where the first answer stands. */
  async function again(answer: AxiosAnswer, config: Config): Promise<Answer | undefined> {
    const attempt = attemptOf(config);
    const facts = { status: answer.status, headers: headerReader(answer.headers) };
    if (!attempt || attempt.isReplay || !isFailure(facts, answer.data)) return undefined;
    let other: Token | undefined;
    try {
      other = await replace(attempt.token, signalOf(config)?.signal);
    } catch (error) {
      if (isTokenError(error, 'aborted')) throw error;
    }
    if (!other) return undefined;
    if (!isReplayable(config.data)) throw new AuthReplayError(answer);
    // The body went through the transformations already.
    const transformRequest = [(data: unknown): unknown => data];
    const second = await axios.request({ ...config, ...markOf({ token: other, isReplay: true }), transformRequest });
    // Other interceptors may make anything of an answer; then it is the same for the first.
    return second as Answer;
  }

  const request = axios.interceptors.request.use(carry);
  const response = axios.interceptors.response.use(
    // Where `validateStatus` lets refusals through.
    // An answer's configuration is what `carry` returned.
    async (answer) => (isAnswer(answer) && (await again(answer, answer.config as Config))) || answer,
    async (error) => {
      const answer: unknown =
        typeof error === 'object' && error !== null && 'response' in error ? error.response : undefined;
      const other = isAnswer(answer) ? await again(answer, answer.config as Config) : undefined;
      if (other === undefined) throw error;
      return other;
    },
  );
  return () => {
    axios.interceptors.request.eject(request);
    axios.interceptors.response.eject(response);
  };
}

/** A platform's signal; axios takes others, and the engine needs no more than they have. */
const signalOf = ({ signal }: AxiosConfig): { readonly signal: Signal } | undefined =>
  typeof signal === 'object' && signal !== null ? { signal: signal as Signal } : undefined;

function checkedOrigin(address: string): string {
  try {
    const { origin, protocol } = new URL(address);
    if (protocol === 'https:' || protocol === 'http:') return origin;
  } catch {
    // Said below.
  }
  throw new TokenError({ code: 'config', message: 'attachAxios: origins has an entry that is no http address' });
}
