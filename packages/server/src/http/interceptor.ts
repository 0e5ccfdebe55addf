/** Where the emulator steps in between a request and its answer. A production server has none. */

import type { ServerResponse } from 'node:http';
import type { AnswerContext, Dialect, WireAnswer, WireRequest } from '../dialects/dialect.ts';

export interface Exchange {
  readonly dialect: Dialect;
  readonly request: WireRequest;
  readonly context: AnswerContext;
  readonly response: ServerResponse;
  /** Sends an answer in place of the real one. */
  readonly finish: (answer: WireAnswer) => void;
}

export interface Interceptor {
  /** Before anything is decided. `true` when the exchange is over: dropped, or answered through `finish`. */
  before(exchange: Exchange): Promise<boolean>;
  /** After the decision is on disk, before its answer leaves. */
  afterCommit(exchange: Exchange, answer: WireAnswer): Promise<boolean>;
}
