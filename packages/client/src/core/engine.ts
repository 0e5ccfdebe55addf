/** What the steps of a refresh share: the ports, the token that is held, and what was last seen of the record. */

import type { Clock } from './clock.ts';
import { createEmitter, type Emitter } from './emitter.ts';
import { isTokenError, TokenError, type TokenErrorCode, type TokenErrorFacts } from './errors.ts';
import type { TokenEvent, TokenEvents, TokenEventType } from './events.ts';
import type { Flight } from './flight.ts';
import type { IssuedToken } from './issued-token.ts';
import type { FetchLike } from './platform.ts';
import type { Policy } from './policy.ts';
import type { Provider } from './provider.ts';
import { keyHash } from './short-hash.ts';
import type { TokenRecord } from './token-store.ts';

export interface EngineParts {
  readonly provider: Provider;
  readonly policy: Policy;
  readonly clock: Clock;
  readonly fetch: FetchLike;
  readonly writer: string;
}

export interface Engine extends EngineParts, Omit<Emitter, 'emit'> {
  /** Of `provider.key()`, once it was asked. */
  key: string;
  held?: IssuedToken | undefined;
  /** As it was last read or written. */
  record?: TokenRecord | undefined;
  /** A secret that was declared invalid. */
  refused?: string | undefined;
  /** Counts logouts: a refresh that began before one must not bring the grant back. */
  epoch: number;
  /** The refresh whose answer callers wait for. */
  flight?: Flight | undefined;
  /** No refresh ahead before, by the monotonic clock. */
  aheadFromMs: number;
  lastError?: TokenError | undefined;
  isClosed?: boolean;
  tell<Type extends TokenEventType>(type: Type, facts: Omit<TokenEvents[Type], 'provider' | 'key' | 'atMs'>): void;
  /** Callers get this token from now on. */
  take(record: TokenRecord, token: IssuedToken): IssuedToken;
  error(code: TokenErrorCode, message: string, facts?: Partial<TokenErrorFacts>): TokenError;
  /** Whatever was thrown, as the error that callers get. */
  failure(thrown: unknown): TokenError;
}

export function createEngine(parts: EngineParts, onEvent: ((event: TokenEvent) => unknown) | undefined): Engine {
  const { emit, ...events } = createEmitter(onEvent);
  const names = () => ({ provider: parts.provider.id, key: keyHash(engine.key) });
  const engine: Engine = {
    ...parts,
    ...events,
    key: '',
    epoch: 0,
    aheadFromMs: 0,
    tell(type, facts) {
      const event = { type, ...names(), atMs: parts.clock.nowMs(), ...facts };
      // The three facts that `Omit` took away are back; the compiler cannot put a generic union together again.
      emit(event as unknown as TokenEvent);
    },
    take(record, token) {
      const isOther = engine.held?.token !== token.token;
      engine.record = record;
      // What comes after a close is kept, and served by nobody here.
      if (!engine.isClosed) engine.held = token;
      engine.lastError = undefined;
      if (isOther) engine.tell('token.change', { generation: token.generation, expiresAtMs: token.expiresAtMs });
      return token;
    },
    error: (code, message, facts) => new TokenError({ ...names(), ...facts, code, message }),
    failure(thrown) {
      if (!isTokenError(thrown)) return engine.error('config', 'the provider failed', { cause: thrown });
      return thrown.key ? thrown : engine.error(thrown.code, thrown.message, { ...thrown, cause: thrown.cause });
    },
  };
  return engine;
}
